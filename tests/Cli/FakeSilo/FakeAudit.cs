using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;

namespace Ptune.Cli.FakeSilo;

/// <summary>An audit trail with one row and a missing one.</summary>
public static class FakeAudit
{
    public const string Exported = "{\"chain\":\"default\",\"digest\":\"ab\",\"row\":{\"sequence\":8}}\n";

    private static readonly AuditRow s_row = new(
        "default", 8, "", FakeRuns.Then, "k", FakeRuns.Then, "alice", "k1", "operator", "192.0.2.1", "r1", AuditActions.JobCancel, FakeRuns.JobId, "running", "cancelling", AuditOutcome.Done, 1);

    public static void Map(WebApplication app)
    {
        app.MapGet(Routes.Audit, (HttpContext http) =>
        {
            if (http.Request.Query["after"].Count > 0) return Results.Ok(new[] { s_row });
            http.Response.Headers[Routes.NextHeader] = "further";
            return Results.Ok(Array.Empty<AuditRow>());
        });
        app.MapGet(Routes.AuditVerify, (string? chain) => chain == "system"
            ? [new AuditVerification(AuditChains.System, 1, 3, 3)]
            : new[] { new AuditVerification(AuditChains.System, 1, 3, 3), new AuditVerification("default", 1, 6, 8, 7, "row 7 is missing") });
        app.MapGet(Routes.AuditExport, () => Results.Text(Exported, "application/x-ndjson"));
    }
}
