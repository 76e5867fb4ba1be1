using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>One method at one pair of models, with the places of its cells.</summary>
/// <param name="Tunings">The cell of what was learnt, for each seed; null where nothing is.</param>
/// <param name="Evaluations">For each task the cell of each seed.</param>
/// <param name="Generation">The cell of its texts, of the first seed; null: none were asked for.</param>
public sealed record StudyArm(StudyMethod Method, StudyPair Pair, string[]? Tunings, string[][] Evaluations, string? Generation)
{
    /// <summary>For each task where its paired tests are; null where there is nothing to compare with.</summary>
    public PairedPlace?[] Paired { get; init; } = [];

    /// <summary>The cell that measures how safe the port is, of the first seed; null: none does.</summary>
    public string? Risk { get; init; }

    /// <summary>The cell that measures what its use costs, of the first seed; null: none does.</summary>
    public string? Timing { get; init; }

    /// <summary>The cells that wrote what was learnt into a target's weights, for each seed; null: none did.</summary>
    public string[]? Mergings { get; init; }
}
