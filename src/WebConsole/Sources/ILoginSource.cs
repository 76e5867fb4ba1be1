namespace Ptune.WebConsole.Sources;

/// <summary>Logs browsers in.</summary>
public interface ILoginSource
{
    /// <summary>Nobody has to log in.</summary>
    bool IsOpen { get; }

    /// <summary>Lets the browser in by an API key; null, or why not.</summary>
    Task<string?> EnterAsync(HttpContext http, string key);

    void Leave(HttpContext http);
}
