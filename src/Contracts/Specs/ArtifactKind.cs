namespace Ptune.Contracts.Specs;

/// <summary>What an artifact holds.</summary>
public enum ArtifactKind
{
    /// <summary>A foundation model, or one fine-tuned from it: weights and an architecture.</summary>
    Model,

    /// <summary>A reward model r(x): one reward per label (Portable Reward Tuning, arXiv 2502.12776).</summary>
    Reward,

    /// <summary>A model's or reward's outputs over one data split, [n, labels].</summary>
    Scores,

    /// <summary>The figures of one evaluation.</summary>
    Evaluation,

    /// <summary>What is hung on a model: low-rank deltas, adapters or a soft prompt.</summary>
    Patch,

    /// <summary>Texts that a model wrote.</summary>
    Generation,

    /// <summary>What encoding a data set found.</summary>
    Preparation,
}
