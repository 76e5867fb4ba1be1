using Ptune.Contracts.Identity;

namespace Ptune.Silo.Security;

/// <summary>Who sends a request.</summary>
internal static class CallerExtensions
{
    /// <exception cref="InvalidOperationException">The route lets in anybody, and nobody has said who it is.</exception>
    public static Caller Caller(this HttpContext http) => http.FindCaller() ?? throw new InvalidOperationException("This request has no caller: its route needs a policy.");

    /// <summary>Null: nobody has said who it is.</summary>
    public static Caller? FindCaller(this HttpContext http) => http.Features.Get<Caller>();
}
