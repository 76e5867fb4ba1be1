namespace Ptune.Contracts.Specs.Reading;

/// <summary>Where the parts of a spec stand in its file.</summary>
public sealed class SpecPositions
{
    private readonly Dictionary<string, (int Line, int Column)> _positions;
    private readonly Func<string, string> _place;

    internal SpecPositions()
        : this([], path => path)
    {
    }

    private SpecPositions(Dictionary<string, (int Line, int Column)> positions, Func<string, string> place) => (_positions, _place) = (positions, place);

    /// <summary>For a part that is checked like a whole: <paramref name="place"/> says where each of the part's paths stands in the spec.</summary>
    public SpecPositions Of(Func<string, string> place) => new(_positions, path => _place(place(path)));

    /// <summary>As <see cref="Of"/>, for a part that stands whole at <paramref name="path"/>.</summary>
    public SpecPositions Below(string path) => Of(inner => inner.Length == 0 ? path : $"{path}.{inner}");

    internal void Add(string path, int line, int column) => _positions.TryAdd(path, (line, column));

    /// <summary>Whether the path was written, and not left to its default.</summary>
    internal bool Has(string path) => _positions.ContainsKey(_place(path));

    /// <summary>Where a part's path is in the whole spec.</summary>
    internal string Place(string path) => _place(path);

    /// <summary>A problem at a path; where the path is not in the file (a default), its nearest ancestor's place.</summary>
    public SpecProblem Problem(string path, string message, string fix)
    {
        path = _place(path);
        var at = path;
        while (true)
        {
            if (_positions.TryGetValue(at, out var position)) return new SpecProblem(path, position.Line, position.Column, message, fix);
            if (at.Length == 0) return new SpecProblem(path, 0, 0, message, fix);
            var cut = Math.Max(at.LastIndexOf('.'), at.LastIndexOf('['));
            at = cut < 0 ? "" : at[..cut];
        }
    }
}
