using System.Text.RegularExpressions;

namespace Ptune.Architecture.Tests;

/// <summary>Which folders of a project use which: a folder is a namespace, and using another one takes a using directive.</summary>
internal sealed partial class Folders
{
    private readonly Dictionary<string, SortedSet<string>> _uses = [];

    public Folders(Project project)
    {
        var sources = SourceFiles.CSharp.Where(path => path.StartsWith(project.Folder + "/", StringComparison.Ordinal)).Select(SourceFiles.Read).ToArray();
        foreach (var source in sources)
        {
            if (Namespace().Match(source) is not { Success: true } own) continue;
            if (!_uses.TryGetValue(own.Groups[1].Value, out var uses)) _uses[own.Groups[1].Value] = uses = new(StringComparer.Ordinal);
            uses.UnionWith(Using().Matches(source).Select(used => used.Groups[1].Value));
            uses.Remove(own.Groups[1].Value);
        }
        foreach (var uses in _uses.Values) uses.IntersectWith(_uses.Keys);
    }

    /// <summary>One circle as its folders in order, the first again at the end; null when there is none.</summary>
    public string? Circle()
    {
        var without = new HashSet<string>();
        foreach (var start in _uses.Keys.Order(StringComparer.Ordinal))
        {
            if (From(start, [], without) is { } circle) return circle;
        }
        return null;
    }

    private string? From(string folder, List<string> way, HashSet<string> without)
    {
        if (way.IndexOf(folder) is >= 0 and var at) return string.Join(" -> ", [.. way[at..], folder]);
        if (without.Contains(folder)) return null;
        way.Add(folder);
        foreach (var used in _uses[folder])
        {
            if (From(used, way, without) is { } circle) return circle;
        }
        way.RemoveAt(way.Count - 1);
        without.Add(folder);
        return null;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(Ptune\.[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Using();
}
