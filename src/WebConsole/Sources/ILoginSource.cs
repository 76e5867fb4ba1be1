namespace Ptune.WebConsole.Sources;

/// <summary>Logs browsers in.</summary>
public interface ILoginSource
{
    /// <summary>Nobody has to log in.</summary>
    bool IsOpen { get; }

    /// <summary>Lets the browser in by an API key; null, or why not.</summary>
    Task<string?> EnterAsync(HttpContext http, string key);

    /// <summary>The issuers that people can log in at, by name, with what people call them.</summary>
    IReadOnlyList<(string Name, string Label)> Issuers { get; }

    /// <summary>Answers the request by sending the browser to an issuer's login.</summary>
    /// <param name="http">The request.</param>
    /// <param name="issuer">The name of one of <see cref="Issuers"/>.</param>
    /// <param name="next">Where it leads back to, a path of this server.</param>
    /// <returns>False: the issuer does not answer, and nothing is written.</returns>
    Task<bool> BeginAsync(HttpContext http, string issuer, string next);

    /// <summary>Logs the browser out.</summary>
    /// <returns>Where the login ends at the issuer, too, and what people call that; null: nowhere.</returns>
    Task<(string Label, string Url)?> LeaveAsync(HttpContext http);
}
