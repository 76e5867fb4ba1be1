using Azure.Data.Tables;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>Which range of a tenant's row keys answers a query, what the service filters in it, and whether it comes in order.</summary>
/// <param name="Prefix">The range: keys that start so.</param>
/// <param name="Filter">Further conditions for the service; empty when there are none.</param>
/// <param name="IsInOrder">The keys' order is the answer's.</param>
internal sealed record CatalogQuery(string Prefix, string Filter, bool IsInOrder)
{
    /// <summary>The key that reading begins at; null: the first of the range.</summary>
    public string? From { get; private init; }

    public static CatalogQuery Of(JobQuery query)
    {
        var filters = new List<string>();
        if (query.Pool is { } pool) filters.Add(TableClient.CreateQueryFilter($"Pool eq {pool}"));
        if (query.Kind is { } kind) filters.Add(TableClient.CreateQueryFilter($"Kind eq {kind}"));
        if (query.Name is { } name) filters.Add(TableClient.CreateQueryFilter($"Name eq {name}"));
        if (query.Statuses is { Length: > 0 } statuses)
            filters.Add($"({string.Join(" or ", statuses.Select(status => $"Status eq {(int)status}"))})");
        var filter = string.Join(" and ", filters);

        if (query.ExpiredBy is { } time)
            return new CatalogQuery(CatalogKeys.JobsByExpiry, string.Join(" and ", [.. filters, TableClient.CreateQueryFilter($"Expires le {time.UtcTicks}")]), IsInOrder: false);
        if (query.IdPrefix is { Length: > 0 } prefix) return new CatalogQuery(CatalogKeys.JobsById + prefix, filter, IsInOrder: false);
        var concernsPool = query.Statuses is { } asked && asked.All(status => !status.IsFinal);
        // What is not final has a row by pool: all of them together are far fewer than the jobs that a tenant has ever had. In their order the rows by time are read, since a page of those ends early.
        if (concernsPool && query is { Pool: null, IsUnordered: true }) return new CatalogQuery(CatalogKeys.JobsOfPools, filter, IsInOrder: false);
        return query.Pool is { } queue && concernsPool
            ? new CatalogQuery(CatalogKeys.JobsOfPool(queue), filter, IsInOrder: false)
            : new CatalogQuery(CatalogKeys.JobsByTime, filter, IsInOrder: true) { From = query.After is { } place ? CatalogKeys.JobsSince(place.Created) : null };
    }

    /// <summary>The whole filter for one tenant's partition.</summary>
    public string In(string partition) => Range(partition, Prefix, From) + (Filter.Length == 0 ? "" : " and " + Filter);

    public static string Range(string partition, string prefix, string? from = null) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from ?? prefix} and RowKey lt {CatalogKeys.After(prefix)}");
}
