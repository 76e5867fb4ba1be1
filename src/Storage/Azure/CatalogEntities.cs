using Azure.Data.Tables;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Serialization;

namespace Ptune.Storage.Azure;

/// <summary>The catalog's rows as table entities. Every row is whole, so that no listing needs a second look-up.</summary>
internal static class CatalogEntities
{
    public const string Kind = "Kind";
    public const string Name = "Name";
    public const string Pool = "Pool";
    public const string Status = "Status";
    public const string Version = "Version";
    public const string Expires = "Expires";
    public const string Noted = "Noted";
    public const string JobId = "JobId";
    public const string Permit = "Permit";

    public static TableEntity Of(JobRow row, string key)
    {
        var entity = new TableEntity(row.Tenant, key)
        {
            [JobId] = row.JobId,
            [Pool] = row.Pool,
            [Kind] = row.Kind,
            [Name] = row.Name,
            [Status] = (int)row.Status,
            ["Priority"] = row.Priority,
            ["Created"] = row.Created.UtcTicks,
            ["Updated"] = row.Updated.UtcTicks,
            [Version] = row.Version,
        };
        if (NeedsText.Write(row) is { } needs) entity["Needs"] = needs;
        if (row.Expires is { } expires) entity[Expires] = expires.UtcTicks;
        if (row.Permit is { } permit) entity[Permit] = permit;
        return entity;
    }

    public static JobRow Job(TableEntity entity)
    {
        var (needs, memory, seconds) = NeedsText.Read(entity.GetString("Needs"));
        return new(
            entity.GetString(JobId), entity.PartitionKey, entity.GetString(Pool), entity.GetString(Kind), entity.GetString(Name),
            (JobStatus)entity.GetInt32(Status)!.Value, entity.GetInt32("Priority")!.Value, Time(entity, "Created"), Time(entity, "Updated"),
            entity.GetInt64(Version)!.Value, needs,
            entity.GetInt64(Expires) is { } expires ? new DateTimeOffset(expires, TimeSpan.Zero) : null,
            entity.GetInt32(Permit), memory, seconds);
    }

    /// <summary>Which job has a permit.</summary>
    public static TableEntity PermitOf(JobRow row, string key) => new(row.Tenant, key) { [JobId] = row.JobId };

    public static TableEntity Of(ExpectedRow row) => new(JobIds.Tenant(row.JobId), CatalogKeys.Expected(row.JobId))
    {
        [JobId] = row.JobId,
        [Pool] = row.Pool,
        [Kind] = row.Kind,
        [Version] = row.Version,
        [Noted] = row.At.UtcTicks,
    };

    public static ExpectedRow Expected(TableEntity entity) =>
        new(entity.GetString(JobId), entity.GetString(Pool), entity.GetString(Kind), entity.GetInt64(Version)!.Value, Time(entity, Noted));

    public static TableEntity Of(ArtifactRow row, string key)
    {
        var entity = new TableEntity(row.Tenant, key)
        {
            ["Digest"] = row.Digest,
            [Kind] = (int)row.Kind,
            [JobId] = row.JobId,
            ["Bytes"] = row.Bytes,
            ["Created"] = row.Created.UtcTicks,
        };
        if (row.OutputSpace is not null) entity["OutputSpace"] = row.OutputSpace;
        return entity;
    }

    public static ArtifactRow Artifact(TableEntity entity) => new(
        entity.PartitionKey, entity.GetString("Digest"), (ArtifactKind)entity.GetInt32(Kind)!.Value, entity.GetString(JobId),
        entity.GetString("OutputSpace"), entity.GetInt64("Bytes")!.Value, Time(entity, "Created"));

    public static TableEntity Of(AliasRow row) => new(row.Tenant, CatalogKeys.Alias(row.Alias))
    {
        ["Alias"] = row.Alias,
        ["Digest"] = row.Digest,
        ["Updated"] = row.Updated.UtcTicks,
        [Version] = row.Version,
    };

    public static AliasRow Alias(TableEntity entity) => new(
        entity.PartitionKey, entity.GetString("Alias"), entity.GetString("Digest"), Time(entity, "Updated"), entity.GetInt64(Version)!.Value);

    private static DateTimeOffset Time(TableEntity entity, string name) => new(entity.GetInt64(name)!.Value, TimeSpan.Zero);
}
