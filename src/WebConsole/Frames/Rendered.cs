using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ptune.WebConsole.Frames;

/// <summary>Pages as answers.</summary>
internal static class Rendered
{
    public static RazorComponentResult<TPage> Page<TPage>(PageFrame frame, params ReadOnlySpan<(string Name, object? Value)> parameters) where TPage : IComponent =>
        Page<TPage>(StatusCodes.Status200OK, frame, parameters);

    public static RazorComponentResult<TPage> Page<TPage>(int status, PageFrame frame, params ReadOnlySpan<(string Name, object? Value)> parameters) where TPage : IComponent
    {
        var all = new Dictionary<string, object?> { ["Frame"] = frame };
        foreach (var (name, value) in parameters) all[name] = value;
        return new RazorComponentResult<TPage>(all) { PreventStreamingRendering = true, StatusCode = status, ContentType = "text/html; charset=utf-8" };
    }
}
