namespace Ptune.Contracts.Studies;

/// <summary>One target.</summary>
[GenerateSerializer, Alias("ptune.TargetResult")]
public sealed record TargetResult
{
    [Id(0)] public required string Model { get; init; }

    [Id(1)] public required Accuracy Bare { get; init; }

    [Id(2)] public required Accuracy RewardAlone { get; init; }

    [Id(3)] public required Accuracy Eft { get; init; }

    [Id(4)] public required Accuracy Ported { get; init; }

    [Id(5)] public required Accuracy Retrained { get; init; }

    /// <summary>(ported - bare) / (retrained - bare), of the means; null when retraining gained nothing.</summary>
    [Id(6)] public double? KeptShare { get; init; }

    [Id(7)] public required PairedTests Mcnemar { get; init; }

    /// <summary>eps = KL(source || target) in nats, the mean over the split.</summary>
    [Id(8)] public required double KlFromSource { get; init; }

    /// <summary>C = max_y e^r / E_source[e^r]: over the split the mean (of the seeds), and the greatest.</summary>
    [Id(9)] public required double C { get; init; }

    [Id(10)] public required double CMax { get; init; }

    [Id(11)] public InferenceCost? InferenceCost { get; init; }
}
