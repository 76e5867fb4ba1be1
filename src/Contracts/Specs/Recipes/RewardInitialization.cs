namespace Ptune.Contracts.Specs;

/// <summary>What a reward model's weights are before training.</summary>
public enum RewardInitialization
{
    /// <summary>The source model's weights, head included: the paper's choice (arXiv 2502.12776).</summary>
    Source,

    /// <summary>The source model's weights with a head of zeros, so that r = 0 at the start: our ablation.</summary>
    ZeroHead,

    /// <summary>Fresh random weights of the source's architecture.</summary>
    Scratch,
}
