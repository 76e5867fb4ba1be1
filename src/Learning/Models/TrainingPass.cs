namespace Ptune.Learning.Models;

/// <summary>What a network does in training and not in use.</summary>
/// <param name="Dropout">What is left out at random, beside what the deltas say for themselves.</param>
/// <param name="Recomputation">Null: everything that the backward pass needs is kept from the forward pass.</param>
internal sealed record TrainingPass(Dropouts Dropout, Recomputation? Recomputation = null);
