namespace Ptune.Contracts.Studies;

/// <summary>A method that a study leaves out at a pair of models, since what was learnt does not fit there.</summary>
[GenerateSerializer, Alias("ptune.StudyRefusal")]
public sealed record StudyRefusal
{
    [Id(0)] public required string Method { get; init; }

    [Id(1)] public string? Source { get; init; }

    [Id(2)] public required string Target { get; init; }

    /// <summary>A sentence that names what does not fit.</summary>
    [Id(3)] public required string Reason { get; init; }
}
