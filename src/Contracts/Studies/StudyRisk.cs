namespace Ptune.Contracts.Studies;

/// <summary>How safe a port is, measured on a probe before it is judged, of the first seed.</summary>
[GenerateSerializer, Alias("ptune.StudyRisk")]
public sealed record StudyRisk
{
    [Id(0)] public required string Source { get; init; }

    [Id(1)] public required string Target { get; init; }

    [Id(2)] public required string Method { get; init; }

    /// <summary>eps = KL(source || target), the mean over the tokens in nats.</summary>
    [Id(3)] public required double KlFromSource { get; init; }

    /// <summary>C = max_y e^r / E_source[e^r], the mean over the tokens.</summary>
    [Id(4)] public required double C { get; init; }

    [Id(5)] public required double CMax { get; init; }

    /// <summary>KL(carried target || bare target), the mean over the tokens in nats.</summary>
    [Id(6)] public required double KlMoved { get; init; }

    /// <summary>Tokens that they are over.</summary>
    [Id(7)] public required long Positions { get; init; }

    /// <summary>Examples of the probe that are among those that the study tunes on; null: it was not counted.</summary>
    [Id(8)] public long? Overlap { get; init; }
}
