using System.Globalization;
using System.Text;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>
/// Where rows lie in the catalog's table. A partition is a tenant: all rows of one job are changed in one transaction, and every listing
/// is a range of row keys in a tenant. A job has a row by id, a row by time of creation, while it is not final a row by pool, and when it is to be removed a row by that time.
/// A note of a row that is to come lies beside them, a row for each permit that a job has, and one for the device time of each attempt in each month. The tenants themselves are a small partition of their own.
/// </summary>
internal static class CatalogKeys
{
    /// <summary>No tenant's name has '_'.</summary>
    public const string Tenants = "_tenants";

    public const string JobsById = "job.id.";
    public const string JobsByTime = "job.at.";
    public const string JobsByExpiry = "job.until.";
    public const string ExpectedById = "job.expected.";
    public const string Permits = "permit.";
    public const string ArtifactsById = "artifact.id.";
    public const string ArtifactsByTime = "artifact.at.";
    public const string Aliases = "alias.";
    public const string DeviceTime = "device-time.";

    public static string JobById(string jobId) => JobsById + JobIds.Digits(jobId);

    /// <summary>The note of a row that is to come.</summary>
    public static string Expected(string jobId) => ExpectedById + JobIds.Digits(jobId);

    public static string JobByTime(JobRow row) => $"{JobsByTime}{NewestFirst(row.Created)}.{JobIds.Digits(row.JobId)}";

    /// <summary>Where the rows of that time and of earlier ones begin.</summary>
    public static string JobsSince(DateTimeOffset created) => $"{JobsByTime}{NewestFirst(created)}.";

    /// <summary>Null for a job that no pool has to know.</summary>
    public static string? JobByPool(JobRow row) => row.Status.IsFinal ? null : JobsOfPool(row.Pool) + JobIds.Digits(row.JobId);

    /// <summary>Where the rows of all pools lie.</summary>
    public const string JobsOfPools = "job.on.";

    public static string JobsOfPool(string pool) => $"{JobsOfPools}{Escape(pool)}.";

    /// <summary>Null for a job that stays.</summary>
    public static string? JobByExpiry(JobRow row) =>
        row.Expires is { } expires ? $"{JobsByExpiry}{expires.UtcTicks.ToString("D19", CultureInfo.InvariantCulture)}.{JobIds.Digits(row.JobId)}" : null;

    /// <summary>Null for a job that has none.</summary>
    public static string? Permit(JobRow row) => row.Permit is { } permit ? $"{Permits}{Escape(row.Pool)}.{permit.ToString(CultureInfo.InvariantCulture)}" : null;

    public static string ArtifactById(string digest) => ArtifactsById + Digest.Hex(digest);

    public static string ArtifactByTime(ArtifactRow row) => $"{ArtifactsByTime}{NewestFirst(row.Created)}.{Digest.Hex(row.Digest)}";

    public static string Alias(string alias) => Aliases + Escape(alias);

    public static string DeviceTimeOf(DeviceTimeRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{DeviceTimeOf(row.Month)}{JobIds.Digits(row.JobId)}.{row.Epoch}.{row.Began.UtcTicks}");

    public static string DeviceTimeOf(DateOnly month) => DeviceTime + month.ToString("yyyy-MM", CultureInfo.InvariantCulture) + ".";

    /// <summary>The first key after all that start with <paramref name="prefix"/>; '~' comes after every character that keys have.</summary>
    public static string After(string prefix) => prefix + "~";

    private static string NewestFirst(DateTimeOffset time) => (DateTime.MaxValue.Ticks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Keys refuse '/', '\', '#' and '?', and our own separator is '.'; "_" starts an escape.</summary>
    private static string Escape(string text)
    {
        var key = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '@') key.Append(c);
            else key.Append(CultureInfo.InvariantCulture, $"_{(int)c:x4}");
        }
        return key.ToString();
    }
}
