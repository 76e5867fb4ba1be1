namespace Ptune.Contracts.Studies;

/// <summary>Texts that a model wrote after a method, of the first seed.</summary>
[GenerateSerializer, Alias("ptune.StudyText")]
public sealed record StudyText
{
    /// <summary>The model that something was learnt on; null: nothing was learnt elsewhere.</summary>
    [Id(0)] public string? Source { get; init; }

    [Id(1)] public required string Target { get; init; }

    [Id(2)] public required string Method { get; init; }

    /// <summary>Digest of the artifact that holds the texts.</summary>
    [Id(3)] public required string Artifact { get; init; }

    /// <summary>A text for each prompt; null until a client has read them from the artifact.</summary>
    [Id(4)] public string?[]? Texts { get; init; }
}
