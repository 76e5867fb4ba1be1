namespace Ptune.Learning.Transfer.Language;

/// <summary>What is carried to a language model.</summary>
public sealed record CarriedFolders
{
    /// <summary>Rewards with their weights, and the sources of those that are LoRA.</summary>
    public IReadOnlyList<(ArtifactFolder Reward, ArtifactFolder? Source, double Weight)> Rewards { get; init; } = [];

    /// <summary>A tuned source and its source, whose difference is added; null: none.</summary>
    public (ArtifactFolder Tuned, ArtifactFolder Source, double Weight)? Emulated { get; init; }

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Rewards.Count == 0 && Emulated is null;
}
