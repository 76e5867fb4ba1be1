namespace Ptune.Contracts.Studies;

/// <summary>The comparison: what <c>result.json</c> holds. Accuracies are fractions between 0 and 1. What was not measured is null.</summary>
[GenerateSerializer, Alias("ptune.StudyResult")]
public sealed record StudyResult
{
    [Id(0)] public required string Study { get; init; }

    [Id(1)] public required string StudyId { get; init; }

    [Id(2)] public required long[] Seeds { get; init; }

    /// <summary>Split to the SHA-256 of its index file.</summary>
    [Id(3)] public required Dictionary<string, string> Splits { get; init; }

    /// <summary>Of image classifiers: the split that was compared on, and its number of examples.</summary>
    [Id(4)] public string? EvaluatedOn { get; init; }

    [Id(5)] public long? N { get; init; }

    /// <summary>Of image classifiers.</summary>
    [Id(6)] public SourceResult? Source { get; init; }

    /// <summary>Of image classifiers; empty for language models.</summary>
    [Id(7)] public required TargetResult[] Targets { get; init; }

    [Id(8)] public required JobCounts Jobs { get; init; }

    /// <summary>Wall-clock seconds from the last submit to the last cell.</summary>
    [Id(9)] public required double Seconds { get; init; }

    /// <summary>Every figure, with its cost; null in results of earlier versions.</summary>
    [Id(10)] public StudyRow[]? Cells { get; init; }

    /// <summary>Of language models whose texts were asked for.</summary>
    [Id(11)] public StudyText[]? Generations { get; init; }

    /// <summary>Of language models: what was left out, since it does not fit; null where nothing was.</summary>
    [Id(12)] public StudyRefusal[]? Refused { get; init; }

    /// <summary>Of language models: weights that were tried on the validation split; null where none were.</summary>
    [Id(13)] public StudyFrontPoint[]? Fronts { get; init; }

    /// <summary>Of language models: how safe the ports are; null without a probe.</summary>
    [Id(14)] public StudyRisk[]? Risks { get; init; }

    /// <summary>Of language models: gains along chains of updates; null where there is no chain.</summary>
    [Id(15)] public StudyDrift[]? Drift { get; init; }
}
