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

    /// <summary>Jobs, studies or sweeps; <paramref name="after"/> may be of another kind than the rows, since all share one order.</summary>
    public static async Task<Results<Ok<JobRow[]>, ProblemHttpResult>> OfJobsAsync(
        HttpContext http, ICatalog catalog, IAsyncEnumerable<JobRow> rows, string? after, int? limit)
    {
        if (after is null) return TypedResults.Ok(await ReadAsync(http, rows, _ => true, limit));
        if (await catalog.FindAsync(after, http.RequestAborted) is not { } last || last.Tenant != Tenants.Of(http)) return NoStart(after);
        return TypedResults.Ok(await ReadAsync(http, rows, r => IsPast(r.Created, r.JobId, last.Created, last.JobId), limit));
    }

    public static async Task<Results<Ok<ArtifactRow[]>, ProblemHttpResult>> OfArtifactsAsync(HttpContext http, ICatalog catalog, string? after, int? limit)
    {
        var tenant = Tenants.Of(http);
        var rows = catalog.ListArtifactsAsync(tenant, http.RequestAborted);
        if (after is null) return TypedResults.Ok(await ReadAsync(http, rows, _ => true, limit));
        if (await catalog.FindArtifactAsync(tenant, after, http.RequestAborted) is not { } last) return NoStart(after);
        return TypedResults.Ok(await ReadAsync(http, rows, r => IsPast(r.Created, r.Digest, last.Created, last.Digest), limit));
    }

    private static ProblemHttpResult NoStart(string after) => ApiProblems.NotFound($"There is no row '{after}' to continue after; it may have been removed. List from the start.");

    /// <summary>The order of the catalog: the newest first, then by id.</summary>
    private static bool IsPast(DateTimeOffset created, string id, DateTimeOffset lastCreated, string lastId) =>
        created < lastCreated || (created == lastCreated && string.CompareOrdinal(id, lastId) > 0);

    private static async Task<T[]> ReadAsync<T>(HttpContext http, IAsyncEnumerable<T> rows, Func<T, bool> isPast, int? limit)
    {
        var most = limit ?? Rows.DefaultLimit;
        var (page, count) = (new List<T>(), 0);
        await foreach (var row in rows.WithCancellation(http.RequestAborted))
        {
            if (!isPast(row)) continue;
            count++;
            if (page.Count < most) page.Add(row);
            else if (count > Counted) return [.. page];
        }
        http.Response.Headers[Routes.TotalHeader] = count.ToString(CultureInfo.InvariantCulture);
        return [.. page];
    }
}
