using Ptune.Silo.Security;

namespace Ptune.Silo.Telemetry;

/// <summary>Every line that is logged for a request says whose it is.</summary>
internal sealed class RequestScope(RequestDelegate next, ILogger<RequestScope> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.FindCaller() is not { } caller)
        {
            await next(http);
            return;
        }
        using (logger.BeginScope(new KeyValuePair<string, object?>[] { new("tenant", caller.Tenant), new("caller", caller.Name), new("request", caller.RequestId) })) await next(http);
    }
}
