using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Sweeps;

/// <summary>What a sweep found: what <c>sweep.json</c> holds. Accuracies are fractions between 0 and 1.</summary>
[GenerateSerializer, Alias("ptune.SweepResult")]
public sealed record SweepResult
{
    [Id(0)] public required string Sweep { get; init; }

    [Id(1)] public required string SweepId { get; init; }

    [Id(2)] public required SweepMethod Method { get; init; }

    /// <summary>The figure that trials were compared by, the greater the better.</summary>
    [Id(3)] public required string Objective { get; init; }

    /// <summary>The split that trials were compared on, and its number of examples.</summary>
    [Id(4)] public required string EvaluatedOn { get; init; }

    [Id(5)] public required long N { get; init; }

    /// <summary>The number of the best trial: of those that were trained the longest, the one with the greatest figure, and of equals the first.</summary>
    [Id(6)] public required int Best { get; init; }

    [Id(7)] public required SweepTrial[] Trials { get; init; }

    [Id(8)] public required JobCounts Jobs { get; init; }

    /// <summary>Epochs that all trainings had together.</summary>
    [Id(9)] public required long Epochs { get; init; }

    /// <summary>Wall-clock seconds from the last submit to the last trial.</summary>
    [Id(10)] public required double Seconds { get; init; }
}
