using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>What the user wants to have carried.</summary>
internal sealed record CarryOrder
{
    /// <summary>Tokens of an example or window, where nothing is said.</summary>
    public const int UsualTokens = 512;

    /// <summary>A patch or a reward in the store.</summary>
    public required string Artifact { get; init; }

    /// <summary>The model that it is carried to.</summary>
    public required string Target { get; init; }

    /// <summary>The probe's file.</summary>
    public required string Probe { get; init; }

    /// <summary>A file of general texts on which forgetting is measured; null: it is not.</summary>
    public string? General { get; init; }

    /// <summary>The model that the artifact was tuned on; null: the one that it names itself.</summary>
    public string? Source { get; init; }

    /// <summary>What a reward's rewards are multiplied by.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>What the files' records are; null: as their first record suggests.</summary>
    public TextFormat? Format { get; init; }

    /// <summary>Tokens of an example or window.</summary>
    public int MaxTokens { get; init; } = UsualTokens;

    public ComputeType Dtype { get; init; }

    /// <summary>The licences that source and target may have; empty: any.</summary>
    public IReadOnlyList<string> Licences { get; init; } = [];

    /// <summary>NAME@VERSION under which the carried artifact is published; null: it is not.</summary>
    public string? Save { get; init; }

    /// <summary>A name that stands for another artifact is moved.</summary>
    public bool Move { get; init; }

    /// <summary>Saved whatever the verdict is.</summary>
    public bool Anyway { get; init; }

    /// <summary>What is in the store is computed again.</summary>
    public bool IsFresh { get; init; }
}
