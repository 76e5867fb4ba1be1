using Ptune.Contracts.Specs;

namespace Ptune.Cli.Imports;

/// <summary>What the user wants to have imported.</summary>
internal sealed record ImportOrder
{
    /// <summary>NAME@VERSION.</summary>
    public required string Name { get; init; }

    /// <summary>A folder, or hf:OWNER/NAME[@REVISION].</summary>
    public required string From { get; init; }

    /// <summary>The model that a patch belongs to; null: a model is imported.</summary>
    public string? Base { get; init; }

    public string? Licence { get; init; }

    /// <summary>An encoder without a classification head is taken, too.</summary>
    public bool WithoutHead { get; init; }

    /// <summary>How many numbers a repository of the hub holds; null: not said.</summary>
    public long? Parameters { get; init; }

    /// <summary>The weights stay where they lie.</summary>
    public bool IsReference { get; init; }

    /// <summary>A name that stands for another artifact is moved.</summary>
    public bool Move { get; init; }

    /// <summary>What is in the store is imported again.</summary>
    public bool IsFresh { get; init; }

    public bool IsFromHub => HubSource.IsHub(From);

    /// <summary>The repository, where it is one of the hub's.</summary>
    public HubSource Repository() => HubSource.Of(From);
}
