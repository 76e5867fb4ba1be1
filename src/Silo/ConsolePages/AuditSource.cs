using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Silo.Audit;
using Ptune.Silo.Http;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>The audit trail as the API lists it.</summary>
internal sealed class AuditSource(AuditChainList chains, AuditReading reading, AuditVerifying verifying, RefusalWriting refusals, TimeProvider time) : IAuditSource
{
    public async Task<AuditPage> ReadAsync(HttpContext http, AuditFilter filter, int limit)
    {
        var answer = await AuditEndpoints.List(http, chains, reading, refusals, time, Text(filter.Since), Text(filter.Until), Text(filter.Who), Text(filter.What), Text(filter.Chain), limit, Text(filter.After));
        var next = http.Response.Headers[Routes.NextHeader].ToString();
        http.Response.Headers.Remove(Routes.NextHeader);
        return answer.Result is Ok<AuditRow[]> { Value: { } rows } ? new AuditPage(rows, next.Length > 0 ? next : null, null) : new AuditPage([], null, Refusals.Of(answer.Result));
    }

    public async Task<AuditVerification[]> VerifyAsync(HttpContext http) => (await AuditEndpoints.Verify(http, chains, verifying, chain: null)).Result is Ok<AuditVerification[]> { Value: { } found } ? found : [];

    private static string? Text(string text) => text.Length > 0 ? text : null;
}
