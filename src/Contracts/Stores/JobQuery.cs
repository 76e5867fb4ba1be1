using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Stores;

/// <summary>Selects rows of the catalog; null members select everything.</summary>
[GenerateSerializer, Alias("ptune.JobQuery")]
public sealed record JobQuery
{
    [Id(0)] public string? Tenant { get; init; }

    [Id(1)] public string? Pool { get; init; }

    [Id(2)] public string? Kind { get; init; }

    [Id(3)] public JobStatus[]? Statuses { get; init; }

    /// <summary>The beginning of an id after its tenant's dot.</summary>
    [Id(4)] public string? IdPrefix { get; init; }

    [Id(5)] public string? Name { get; init; }

    [Id(6)] public int? Limit { get; init; }

    /// <summary>Rows that may be removed since then.</summary>
    [Id(7)] public DateTimeOffset? ExpiredBy { get; init; }

    /// <summary>The rows may come in any order: the store need not sort them. For readers of a million rows.</summary>
    [Id(8)] public bool IsUnordered { get; init; }

    /// <summary>Only rows that come after this place. A store leaves the others out without reading them, where it can.</summary>
    [Id(9)] public JobPlace? After { get; init; }
}
