using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>Every route of a server, with who may use it. A route that is not written here fails the test that compares.</summary>
internal static class RouteTable
{
    private const string NoId = "ffffffffffffffffffffffffffffffff";
    private static readonly string NoDigest = "sha256:" + new string('f', 64);

    public static readonly RouteRow[] Rows =
    [
        new($"GET {Routes.Jobs}", Role.Viewer),
        new($"POST {Routes.Jobs}", Role.Submitter, Body: Specs.NoOp("another"), Type: Routes.Yaml, Own: [202]),
        Job("GET", Routes.Job, Role.Viewer),
        Job("GET", Routes.JobEvents, Role.Viewer),
        Job("GET", Routes.JobLogs, Role.Viewer),
        Job("GET", Routes.JobWait, Role.Viewer, 200, 409),
        Job("POST", Routes.JobSuspend, Role.Submitter),
        Job("POST", Routes.JobResume, Role.Submitter),
        Job("POST", Routes.JobCancel, Role.Submitter),
        Job("POST", Routes.JobRetry, Role.Submitter),
        new($"GET {Routes.Studies}", Role.Viewer),
        new($"POST {Routes.Studies}", Role.Submitter, Body: "kind: X", Type: Routes.Yaml, Own: [422]),
        Thing("GET", Routes.Study, Role.Viewer, s => s.Study),
        Thing("GET", Routes.StudyEvents, Role.Viewer, s => s.Study),
        Thing("POST", Routes.StudyCancel, Role.Submitter, s => s.Study),
        Thing("POST", Routes.StudyRetry, Role.Submitter, s => s.Study),
        new($"GET {Routes.Sweeps}", Role.Viewer),
        new($"POST {Routes.Sweeps}", Role.Submitter, Body: "kind: X", Type: Routes.Yaml, Own: [422]),
        Thing("GET", Routes.Sweep, Role.Viewer, s => s.Sweep),
        Thing("GET", Routes.SweepEvents, Role.Viewer, s => s.Sweep),
        Thing("POST", Routes.SweepCancel, Role.Submitter, s => s.Sweep),
        Thing("POST", Routes.SweepRetry, Role.Submitter, s => s.Sweep),
        new($"POST {Routes.Plan}", Role.Viewer, Body: Specs.NoOp("another"), Type: Routes.Yaml, Own: [200]),
        new($"GET {Routes.Models}", Role.Viewer),
        new($"GET {Routes.Patches}", Role.Viewer),
        new($"GET {Routes.Rewards}", Role.Viewer),
        Name("GET", Role.Viewer),
        Name("PUT", Role.Operator, """{"reference":"vit@v1"}"""),
        Name("DELETE", Role.Operator),
        new($"GET {Routes.Artifacts}", Role.Viewer),
        Artifact("GET", Routes.Artifact, Role.Viewer),
        Artifact("DELETE", $"{Routes.Artifact}", Role.Operator, 200, 409),
        new($"POST {Routes.ArtifactShares}", Role.Operator, s => $"/v1/artifacts/{s.Artifact}/shares", $"/v1/artifacts/{NoDigest}/shares", """{"with":"default"}"""),
        new($"DELETE {Routes.ArtifactShare}", Role.Operator, s => $"/v1/artifacts/{s.Artifact}/shares/nobody", $"/v1/artifacts/{NoDigest}/shares/nobody", Own: [404]),
        new($"GET {Routes.ArtifactFile}", Role.Viewer, s => $"/v1/artifacts/{s.Artifact}/files/weights.txt", $"/v1/artifacts/{NoDigest}/files/weights.txt"),
        new($"GET {Routes.Upload}", Role.Viewer, _ => $"/v1/uploads/{TenantServer.Upload}", $"/v1/uploads/{new string('f', 64)}"),
        new($"HEAD {Routes.Upload}", Role.Viewer, _ => $"/v1/uploads/{TenantServer.Upload}"),
        new($"PUT {Routes.Upload}", Role.Submitter, _ => $"/v1/uploads/{TenantServer.Upload}", Body: "red's file", Type: "application/octet-stream"),
        new($"DELETE {Routes.Upload}", Role.Submitter, _ => $"/v1/uploads/{TenantServer.Upload}"),
        new($"GET {Routes.Store}", Role.Admin),
        new($"POST {Routes.StoreCollection}", Role.Admin),
        new($"GET {Routes.Pools}", Role.Viewer),
        new($"GET {Routes.Workers}", Role.Viewer),
        new($"POST {Routes.WorkerDrain}", Role.Admin, _ => "/v1/workers/nobody/drain", Own: [404]),
        new($"POST {Routes.WorkerUndrain}", Role.Admin, _ => "/v1/workers/nobody/undrain", Own: [404]),
        new($"GET {Routes.Waits}", Role.Viewer),
        new($"GET {Routes.DeadLetters}", Role.Admin),
        new($"POST {Routes.DeadLettersReplay}", Role.Admin),
        new($"GET {Routes.Keys}", Role.Operator),
        new($"POST {Routes.Keys}", Role.Operator, Body: """{"role":"viewer"}""", Own: [201]),
        new($"DELETE {Routes.ApiKey}", Role.Operator, s => $"/v1/keys/{s.Key}", "/v1/keys/zzzzzzzz"),
        new($"GET {Routes.Tenants}", Role.Viewer),
        new($"POST {Routes.Tenants}", Role.Admin, Body: """{"name":"another"}""", Own: [201, 409]),
        new($"GET {Routes.Tenant}", Role.Viewer, _ => "/v1/tenants/red", "/v1/tenants/none"),
        new($"PUT {Routes.Tenant}", Role.Admin, _ => "/v1/tenants/red", Body: """{"weight":2}"""),
        new($"GET {Routes.Audit}", Role.Operator),
        new($"GET {Routes.AuditVerify}", Role.Operator),
        new($"GET {Routes.AuditExport}", Role.Operator),
        new($"GET {Routes.WhoAmI}", Role.Viewer),
        new($"GET {Routes.Version}", Role.Viewer),
        new("GET /openapi/{documentName}.json", Role.Viewer, _ => "/openapi/v1.json"),
        new($"GET {Routes.Issuers}", null),
        new("* /health", null),
        new("* /health/live", null),
        new("* /health/ready", null),
        // From this machine anybody may look at the figures: TokenTests has the rest.
        new("* /metrics", null),
    ];

    private static RouteRow Job(string method, string route, Role least, params int[] own) => Thing(method, route, least, s => s.Job, own);

    private static RouteRow Thing(string method, string route, Role least, Func<TenantServer, string> id, params int[] own) => new(
        $"{method} {route}", least, s => route.Replace("{id}", id(s).Split('.')[1], StringComparison.Ordinal), route.Replace("{id}", NoId, StringComparison.Ordinal), Own: own.Length > 0 ? own : [200]);

    private static RouteRow Name(string method, Role least, string? body = null) => new($"{method} {Routes.Name}", least, _ => "/v1/names/vit@v1", "/v1/names/none@v9", body);

    private static RouteRow Artifact(string method, string route, Role least, params int[] own) => new(
        $"{method} {route}", least, s => $"/v1/artifacts/{s.Artifact}", $"/v1/artifacts/{NoDigest}", Own: own.Length > 0 ? own : [200]);
}
