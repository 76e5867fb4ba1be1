using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>
/// People who have logged in to the console at an issuer. Their cookie holds who the issuer says they are; what that means here is read from the settings with each request.
/// </summary>
internal sealed class People(HttpOptions http, AccessOptions access, Issuers issuers, IOptionsMonitor<OpenIdConnectOptions> options)
{
    /// <summary>The issuers that people can log in at, by name, with what the page calls them.</summary>
    public IReadOnlyList<(string Name, string Label)> Ways { get; } =
        http.RequiresAccess ? [.. access.Issuers.Where(issuer => issuer.Value.ClientId is not null).Select(issuer => (issuer.Key, issuer.Value.Label ?? issuer.Key)).OrderBy(way => way.Item2, StringComparer.OrdinalIgnoreCase)] : [];

    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext context)
    {
        if (Ways.Count == 0 || !CookieRule.Allows(context.Request)) return AuthenticateResult.NoResult();
        return await IssuerOfAsync(context) is var (name, ticket) && ticket is not null && access.Issuers.ContainsKey(name)
            ? AuthenticateResult.Success(new AuthenticationTicket(issuers.Admit(name, ticket.Principal), AccessHandler.SchemeName))
            : AuthenticateResult.NoResult();
    }

    /// <summary>Sends the browser to an issuer's login.</summary>
    /// <param name="context">The request; its response is written.</param>
    /// <param name="name">One of <see cref="Ways"/>.</param>
    /// <param name="next">Where the login leads back to, a path of this server.</param>
    /// <returns>False: the issuer does not answer, and nothing is written.</returns>
    public async Task<bool> BeginAsync(HttpContext context, string name, string next)
    {
        if (!await AnswersAsync(name, context.RequestAborted)) return false;
        await context.ChallengeAsync(PersonLogins.SchemeOf(name), new AuthenticationProperties { RedirectUri = next });
        return true;
    }

    /// <summary>Ends the login here, and nowhere else.</summary>
    public Task ForgetAsync(HttpContext context) => Ways.Count == 0 ? Task.CompletedTask : context.SignOutAsync(PersonLogins.CookieScheme);

    /// <summary>Ends the login here, and finds out where it ends at the issuer.</summary>
    /// <returns>Where it is ended at the issuer; null: there was none, or the issuer knows no logout.</returns>
    public async Task<(string Label, string Url)?> LeaveAsync(HttpContext context)
    {
        if (Ways.Count == 0) return null;
        var (name, ticket) = await IssuerOfAsync(context);
        await ForgetAsync(context);
        if (ticket is null || Ways.FirstOrDefault(way => way.Name == name) is not { Label: { } label } || !await AnswersAsync(name, context.RequestAborted)) return null;
        if (options.Get(PersonLogins.SchemeOf(name)).ConfigurationManager is not { } manager || (await manager.GetConfigurationAsync(context.RequestAborted)).EndSessionEndpoint is not { Length: > 0 }) return null;
        await context.SignOutAsync(PersonLogins.SchemeOf(name), new AuthenticationProperties { RedirectUri = "/login" });
        var url = context.Response.Headers.Location.ToString();
        // The answer to the form is a page that leads on: a policy that lets forms lead only to this server also counts for where an answer to one redirects.
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        return (label, url);
    }

    private static async Task<(string Name, AuthenticationTicket? Ticket)> IssuerOfAsync(HttpContext context) =>
        (await context.AuthenticateAsync(PersonLogins.CookieScheme)).Ticket is { } ticket ? (ticket.Principal.Identity?.AuthenticationType ?? "", ticket) : ("", null);

    private async Task<bool> AnswersAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return options.Get(PersonLogins.SchemeOf(name)).ConfigurationManager is { } manager && await manager.GetConfigurationAsync(cancellation) is not null;
        }
        catch (InvalidOperationException)
        {
            // How the library says that the discovery document cannot be read. It has logged why.
            return false;
        }
    }
}
