using System.Net;

namespace Ptune.Executor.Hub;

/// <summary>An answer whose headers have come, and what the hub itself said on the way to it.</summary>
internal sealed class HubAnswer(HttpResponseMessage response, HubFacts facts) : IDisposable
{
    public HttpResponseMessage Response { get; } = response;

    public HubFacts Facts { get; } = facts;

    public HttpStatusCode Status => Response.StatusCode;

    public void Dispose() => Response.Dispose();
}
