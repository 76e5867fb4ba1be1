namespace Ptune.Contracts.Studies;

/// <summary>What a method costs, as measured; what was not measured is null. Of several seeds the mean.</summary>
[GenerateSerializer, Alias("ptune.RowCost")]
public sealed record RowCost
{
    /// <summary>Seconds of device time of the training, wherever it was done.</summary>
    [Id(0)] public double? TrainingSeconds { get; init; }

    /// <summary>Time of inference relative to the bare target's, of a reward alone to its source's; null where nothing is computed beside the model, as with one that was tuned whole, and where the study does not measure costs.</summary>
    [Id(1)] public double? InferenceRatio { get; init; }

    /// <summary>The most memory that the training held.</summary>
    [Id(2)] public double? PeakMemoryBytes { get; init; }

    /// <summary>Bytes of what was learnt.</summary>
    [Id(3)] public double? ArtifactBytes { get; init; }

    /// <summary>Seconds from the artifacts on the worker's disk to the first answer: the target and what was learnt are loaded and put together. Null where the study does not measure costs.</summary>
    [Id(4)] public double? SecondsToDeploy { get; init; }
}
