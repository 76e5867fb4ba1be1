namespace Ptune.Contracts.Specs.Reading;

/// <summary>The paths in a spec at which a neutral value replaces an unusable one. Each question costs only as much as its path is deep.</summary>
internal sealed class UnusablePaths
{
    private readonly HashSet<string> _paths = [];
    private readonly HashSet<string> _above = [];

    public void Add(string path)
    {
        if (!_paths.Add(path)) return;
        foreach (var ancestor in Ancestors(path)) _above.Add(ancestor);
    }

    public bool Contains(string path) => _paths.Contains(path);

    /// <summary>True when the value at this path, or one that it is part of, was unusable.</summary>
    public bool Covers(string path) => _paths.Contains(path) || Ancestors(path).Any(_paths.Contains);

    /// <summary>True when a problem at this path would only repeat that something there was unusable.</summary>
    public bool Touches(string path) => _above.Contains(path) || Covers(path);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var cut = path.AsSpan().LastIndexOfAny('.', '['); cut > 0; cut = path.AsSpan(0, cut).LastIndexOfAny('.', '[')) yield return path[..cut];
    }
}
