using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Silo.Security;
using Ptune.Silo.Telemetry;

namespace Ptune.Silo.Audit;

/// <summary>Notes refused requests: those without access, and those for a change that was refused.</summary>
internal sealed class RefusalMiddleware(RequestDelegate next, RefusalLedger ledger, ServerMetrics metrics)
{
    private const int LongestPath = 200;

    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (!IsRefusal(http)) return;
        metrics.Refused(http.Response.StatusCode);
        var by = http.Stamp();
        var path = http.Request.Path.ToString();
        var request = $"{http.Request.Method} {(path.Length > LongestPath ? $"{path[..LongestPath]}…" : path)}";
        ledger.Note(new RefusalKey(Chain(http), by.Who, by.From, http.Response.StatusCode, request), by);
    }

    /// <summary>A plan changes nothing, and reading what is not there is no attempt at anything.</summary>
    private static bool IsRefusal(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => true,
        >= 400 and < 500 => !IsReading(http.Request.Method) && http.Request.Path != Routes.Plan,
        _ => false,
    };

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Who was let in nowhere is the system's business; the rest is the tenant's.</summary>
    private static string Chain(HttpContext http) =>
        http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden || http.FindCaller() is not { } caller ? AuditChains.System : caller.Tenant;
}
