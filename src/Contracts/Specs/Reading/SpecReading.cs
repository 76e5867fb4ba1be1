namespace Ptune.Contracts.Specs.Reading;

/// <summary>A spec that was read, or everything that is wrong with it.</summary>
/// <param name="Spec">Null when there are problems.</param>
/// <param name="Problems">In the order of the file.</param>
/// <param name="Positions">Path in the spec to its place in the file, for checks that need more than the text (a missing data set).</param>
public sealed record SpecReading(Spec? Spec, IReadOnlyList<SpecProblem> Problems, SpecPositions Positions)
{
    /// <summary>Whether the spec has full paths where the text has relative ones, so that the text alone means something else elsewhere.</summary>
    public bool IsResolved { get; init; }
}
