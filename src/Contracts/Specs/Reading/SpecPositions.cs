namespace Ptune.Contracts.Specs.Reading;

/// <summary>Where the parts of a spec stand in its file.</summary>
public sealed class SpecPositions
{
    private readonly Dictionary<string, (int Line, int Column)> _positions = [];

    internal void Add(string path, int line, int column) => _positions.TryAdd(path, (line, column));

    /// <summary>A problem at a path; where the path is not in the file (a default), its nearest ancestor's place.</summary>
    public SpecProblem Problem(string path, string message, string fix)
    {
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
