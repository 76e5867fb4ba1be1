namespace Ptune.Contracts.Estimates;

/// <summary>What is trained of a model, and on how much at once.</summary>
public sealed record TrainingLoad
{
    /// <summary>Numbers that are trained: all of the model's, or those of a patch.</summary>
    public required long Trainable { get; init; }

    /// <summary>Whether the model's own weights stay as they are, and only what hangs on them is trained.</summary>
    public required bool FrozenBase { get; init; }

    /// <summary>Bytes of a number that is computed with: 4 of float32, 2 of bfloat16.</summary>
    public required int ComputeBytes { get; init; }

    /// <summary>Tokens that go forward and back at once: rows of a micro-batch by their length.</summary>
    public required long Tokens { get; init; }

    /// <summary>Whether the activations of a block are computed again in the backward pass and not kept.</summary>
    public bool Recompute { get; init; }
}
