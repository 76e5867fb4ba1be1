using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>The audit trail: list, verify, export.</summary>
internal static class AuditEndpoints
{
    /// <summary>So many rows are looked at for one page; a rare filter then gets a shorter page, and its next one goes on.</summary>
    private const int MostLookedAt = 20_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Audit, List).RequireAuthorization(Policies.Operator).WithQuery("since", "until", "who", "what", "chain", "limit", "after")
            .WithSummary("The audit trail, newest first").WithDescription("since and until are times (2026-11-30T12:00:00Z) or lengths of time before now (1d, 12h). what is an action (job.cancel), its noun or its verb. A change that has two rows, before it and after, is one line with the outcome of the second; the export has both. Operators see their tenant, admins all chains; chain=system has what belongs to no tenant. The header Ptune-Next of a page is the after of the next.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet(Routes.AuditVerify, Verify).RequireAuthorization(Policies.Operator).WithQuery("chain")
            .WithSummary("Verify the audit trail").WithDescription("Reads each chain and its head, and names the first row that is missing, changed or out of place.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet(Routes.AuditExport, Export).RequireAuthorization(Policies.Operator).WithQuery("chain")
            .WithSummary("Export the audit trail").WithDescription("JSON Lines, each chain from its oldest row on. Each line has the chain, the row, and the SHA-256 of the row's text, as it stands in the line.")
            .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson").ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<Results<Ok<AuditRow[]>, ProblemHttpResult>> List(
        HttpContext http, AuditChainList chains, AuditReading reading, RefusalWriting refusals, TimeProvider time,
        string? since, string? until, string? who, string? what, string? chain, int? limit, string? after)
    {
        if (Rows.CheckLimit(limit) is { } wrongLimit) return wrongLimit;
        var (from, wrongSince) = Times.Parse("since", since, time.GetUtcNow());
        var (to, wrongUntil) = Times.Parse("until", until, time.GetUtcNow());
        if ((wrongSince ?? wrongUntil) is { } wrongTime) return wrongTime;
        var cursor = after is null ? null : AuditCursor.Parse(after);
        if (after is not null && cursor is null) return ApiProblems.BadRequest($"'{after}' is not a place in the audit trail. Use the header {Routes.NextHeader} of the page before.");
        if (await chains.OfAsync(http.Caller(), chain) is not { } names) return NoChain(chain);
        await refusals.WriteAsync();
        var (page, most, looked) = (new List<AuditRow>(), limit ?? Rows.DefaultLimit, 0);
        await foreach (var row in reading.ChangesAsync(names, cursor, to, http.RequestAborted))
        {
            if (row.Written < from) break;
            if (page.Count == most || ++looked > MostLookedAt)
            {
                http.Response.Headers[Routes.NextHeader] = cursor!.ToString();
                break;
            }
            cursor = AuditCursor.Of(row);
            if ((who is null || row.Who.Equals(who, StringComparison.OrdinalIgnoreCase)) && (what is null || AuditActions.Matches(row.What, what))) page.Add(row);
        }
        return TypedResults.Ok(page.ToArray());
    }

    internal static async Task<Results<Ok<AuditVerification[]>, ProblemHttpResult>> Verify(HttpContext http, AuditChainList chains, AuditVerifying verifying, string? chain)
    {
        if (await chains.OfAsync(http.Caller(), chain) is not { } names) return NoChain(chain);
        var found = new List<AuditVerification>(names.Length);
        foreach (var name in names) found.Add(await verifying.VerifyAsync(name, http.RequestAborted));
        return TypedResults.Ok(found.ToArray());
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Export(HttpContext http, AuditChainList chains, IAuditStore store, RefusalWriting refusals, string? chain)
    {
        if (await chains.OfAsync(http.Caller(), chain) is not { } names) return NoChain(chain);
        await refusals.WriteAsync();
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        foreach (var name in names)
        {
            var head = await chains.HeadAsync(name);
            // The row's text stands in the line as it was hashed.
            await foreach (var row in store.ReadAsync(name, head.Start, http.RequestAborted))
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{{\"chain\":\"{name}\",\"digest\":\"{row.Digest}\",\"row\":{row.Text}}}\n"), http.RequestAborted);
        }
        return TypedResults.Empty;
    }

    private static ProblemHttpResult NoChain(string? chain) => ApiProblems.NotFound($"There is no audit trail '{chain}'. It is a tenant's name, or system.");
}
