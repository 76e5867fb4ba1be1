using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>What may stand behind <c>|</c>.</summary>
internal static class FilterTable
{
    private static readonly HashSet<string> _notSupported = ["forceescape", "random", "urlize"];

    public static IReadOnlyDictionary<string, Func<IRenderer, object?, Arguments, object?>> All { get; } =
        new[] { TextFilters.All, NumberFilters.All, SequenceFilters.All, SelectionFilters.All, MarkupFilters.All, LayoutFilters.All }
            .SelectMany(group => group).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    /// <summary>The error of a filter that is not there.</summary>
    public static TemplateException Unknown(string name, int? line)
    {
        var (fault, message) = _notSupported.Contains(name)
            ? (TemplateFault.Unsupported, $"the filter '{name}' is not supported.")
            : (line is null ? TemplateFault.Failed : TemplateFault.Syntax, $"there is no filter '{name}'.");
        return line is { } at ? new TemplateException(fault, at, message) : new TemplateException(fault, message);
    }
}
