using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Figures;

/// <summary>Pages of jobs, studies and sweeps. A page begins after a row, so rows that come meanwhile move nothing, and no page has to read those before it.</summary>
internal sealed class RowPages(ICatalog catalog)
{
    public const int Size = 50;

    /// <param name="tenant">Whose rows.</param>
    /// <param name="kind">Of studies or sweeps; null: jobs, of the filter's kind.</param>
    /// <param name="filter">What the address says.</param>
    /// <param name="cancellation">The caller has left.</param>
    public async Task<RowPage> ReadAsync(string tenant, string? kind, JobFilter filter, CancellationToken cancellation)
    {
        var last = filter.After.Length > 0 && await catalog.FindAsync(filter.After, cancellation) is { } found && found.Tenant == tenant ? found : null;
        var query = new JobQuery
        {
            Tenant = tenant,
            Kind = kind ?? Known(filter.Kind),
            Statuses = filter.Statuses,
            Pool = filter.Pool.Length > 0 ? filter.Pool : null,
            Name = filter.Name.Length > 0 ? filter.Name : null,
            After = last is null ? null : new JobPlace(last.Created, last.JobId),
        };
        var rows = new List<JobRow>(Size + 1);
        await foreach (var row in catalog.QueryAsync(query, cancellation))
        {
            if (kind is null && !KindNames.IsOfJob(row.Kind)) continue;
            rows.Add(row);
            if (rows.Count > Size) break;
        }
        return rows.Count > Size ? new RowPage([.. rows.Take(Size)], rows[Size - 1].JobId) : new RowPage([.. rows], null);
    }

    private static string? Known(string kind) => kind.Length > 0 && KindNames.OfJobs.Contains(kind) ? kind : null;
}
