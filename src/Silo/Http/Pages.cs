using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Http;

/// <summary>Pages of listings. A page begins after a row, so that rows that come meanwhile move nothing.</summary>
internal static class Pages
{
    /// <summary>So far rows are counted; of a longer listing the total is not told.</summary>
    private const int Counted = 10_000;

    /// <summary>Jobs, studies or sweeps. The store begins at <paramref name="after"/>, so that a page costs what is in it wherever it lies.</summary>
    /// <param name="query">Which rows.</param>
    /// <param name="isWanted">Which of these.</param>
    /// <param name="after">The row before the first; it may be of another kind than the rows, since all share one order.</param>
    public static async Task<Results<Ok<JobRow[]>, ProblemHttpResult>> OfJobsAsync(HttpContext http, ICatalog catalog, JobQuery query, Func<JobRow, bool> isWanted, string? after, int? limit)
    {
        if (after is not null)
        {
            if (await catalog.FindAsync(after, http.RequestAborted) is not { } last || last.Tenant != Tenants.Of(http)) return NoStart(after);
            query = query with { After = new JobPlace(last.Created, last.JobId) };
        }
        return TypedResults.Ok(await ReadAsync(http, catalog.QueryAsync(query, http.RequestAborted), isWanted, limit));
    }

    public static async Task<Results<Ok<ArtifactRow[]>, ProblemHttpResult>> OfArtifactsAsync(HttpContext http, ICatalog catalog, string? after, int? limit)
    {
        var tenant = Tenants.Of(http);
        var rows = catalog.ListUsableAsync(tenant, http.RequestAborted);
        if (after is null) return TypedResults.Ok(await ReadAsync(http, rows, _ => true, limit));
        if (await catalog.FindUsableAsync(tenant, after, http.RequestAborted) is not { } last) return NoStart(after);
        return TypedResults.Ok(await ReadAsync(http, rows, r => IsPast(r.Created, r.Digest, last.Created, last.Digest), limit));
    }

    private static ProblemHttpResult NoStart(string after) => ApiProblems.NotFound($"There is no row '{after}' to continue after; it may have been removed. List from the start.");

    /// <summary>The order of the catalog: the newest first, then by id.</summary>
    private static bool IsPast(DateTimeOffset created, string id, DateTimeOffset lastCreated, string lastId) =>
        created < lastCreated || (created == lastCreated && string.CompareOrdinal(id, lastId) > 0);

    private static async Task<T[]> ReadAsync<T>(HttpContext http, IAsyncEnumerable<T> rows, Func<T, bool> isWanted, int? limit)
    {
        var most = limit ?? Rows.DefaultLimit;
        var (page, count) = (new List<T>(), 0);
        await foreach (var row in rows.WithCancellation(http.RequestAborted))
        {
            if (!isWanted(row)) continue;
            count++;
            if (page.Count < most) page.Add(row);
            else if (count > Counted) return [.. page];
        }
        http.Response.Headers[Routes.TotalHeader] = count.ToString(CultureInfo.InvariantCulture);
        return [.. page];
    }
}
