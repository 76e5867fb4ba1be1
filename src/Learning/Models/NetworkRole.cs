namespace Ptune.Learning.Models;

/// <summary>What a network's outputs are.</summary>
internal enum NetworkRole
{
    /// <summary>Logits.</summary>
    Model,

    /// <summary>Rewards.</summary>
    Reward,
}
