namespace Ptune.Contracts.Specs.Reading;

/// <summary>What is wrong with a spec: the first problems up to <see cref="SpecLimits.Problems"/>, and how many more there are.</summary>
public sealed class SpecProblems
{
    private readonly List<SpecProblem> _listed = [];
    private int _more;

    public int Count => _listed.Count + _more;

    /// <summary>True when further problems are only counted, so that nothing needs to be found out for their texts.</summary>
    public bool IsFull => _listed.Count == SpecLimits.Problems;

    public void Add(SpecProblem problem)
    {
        if (IsFull) _more++;
        else _listed.Add(problem with { Path = Shown.Path(problem.Path) });
    }

    /// <summary>In the order of the file; a last one says how many are not listed.</summary>
    public SpecProblem[] InOrder()
    {
        var ordered = _listed.OrderBy(p => p.Line).ThenBy(p => p.Column);
        return _more == 0 ? [.. ordered] : [.. ordered, new SpecProblem("", 0, 0, $"And {_more:N0} more.", "Correct the problems above first.")];
    }
}
