namespace Ptune.WebConsole.Sources;

/// <summary>Submits specs as the API does.</summary>
public interface ISubmitSource
{
    /// <param name="http">The request, which says who asks.</param>
    /// <param name="text">A spec in YAML or JSON.</param>
    Task<SubmitAnswer> SubmitAsync(HttpContext http, string text);
}
