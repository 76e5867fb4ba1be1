using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Embedded;

/// <summary>A <see cref="JobQuery"/> as a statement: only the conditions that it has, so that SQLite can choose an index.</summary>
internal static class SqliteJobQuery
{
    public static (string Text, (string Name, object? Value)[] Parameters) Of(JobQuery query)
    {
        var conditions = new List<string>();
        var parameters = new List<(string Name, object? Value)>();
        void Narrow(string condition, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            conditions.Add(condition);
            parameters.AddRange(values);
        }

        if (query.Tenant is { } tenant) Narrow("tenant = $tenant", ("tenant", tenant));
        if (query.Pool is { } pool) Narrow("pool = $pool", ("pool", pool));
        if (query.Kind is { } kind) Narrow($"{KindColumn(query)} = $kind", ("kind", kind));
        if (query.Name is { } name) Narrow("name = $name", ("name", name));
        if (query.ExpiredBy is { } time) Narrow("expires <= $expired", ("expired", time.UtcTicks));
        // '~' comes after every digit and letter of an id.
        if (query.IdPrefix is { Length: > 0 } prefix) Narrow("digits >= $from AND digits < $to", ("from", prefix), ("to", prefix + "~"));
        if (query.Statuses is [JobStatus.Succeeded]) Narrow($"status = {(int)JobStatus.Succeeded}");
        else if (query.Statuses is { } statuses) Narrow($"{StatusColumn(query, statuses.Length)} IN ({string.Join(", ", statuses.Select(status => (int)status))})");

        // As a pair, so that the index by creation is entered at the place.
        if (query.After is { } place) Narrow("created <= $created AND (created < $created OR id > $after)", ("created", place.Created.UtcTicks), ("after", place.JobId));

        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        var order = query.IsUnordered ? "" : " ORDER BY created DESC, id";
        parameters.Add(("limit", query.Limit ?? -1));
        return ($"SELECT {SqliteRows.JobColumns} FROM jobs{Index(query)}{where}{order} LIMIT $limit", [.. parameters]);
    }

    /// <summary>
    /// The index by status gives the rows of one status in their order. Those of several would all be read and sorted for one page, so that the plus sign keeps SQLite from it.
    /// </summary>
    private static string StatusColumn(JobQuery query, int statuses) => statuses > 1 && query is { Pool: null, IsUnordered: false } ? "+status" : "status";

    /// <summary>What has succeeded has an index of its own by kind. SQLite takes it only when it is told to: by status alone, and by kind alone, there may be very many.</summary>
    private static string Index(JobQuery query) => query is { Tenant: not null, Kind: not null, Pool: null, Statuses: [JobStatus.Succeeded] } ? " INDEXED BY jobs_by_success" : "";

    /// <summary>Of a kind in another status the index by status is taken: jobs that wait or have failed are fewer than those of a kind, and the plus sign keeps SQLite from the index by kind.</summary>
    private static string KindColumn(JobQuery query) => query is { Pool: null, IsUnordered: false, Statuses: [not JobStatus.Succeeded] } ? "+kind" : "kind";
}
