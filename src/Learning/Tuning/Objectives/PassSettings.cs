using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>How a network is passed in training.</summary>
internal sealed record PassSettings
{
    /// <summary>Nothing is left out, and everything is kept for the backward pass.</summary>
    public static PassSettings Plain { get; } = new();

    public Dropouts Dropout { get; init; } = Dropouts.None;

    /// <summary>Whether the activations of a block are computed again instead of kept: one more forward pass for the memory of all blocks but one.</summary>
    public bool Recompute { get; init; }

    /// <summary>Label smoothing of tokens; null: as the objective has it.</summary>
    public double? LabelSmoothing { get; init; }

    /// <summary>One pass over a micro-batch.</summary>
    public TrainingPass Begin(Device device) => new(Dropout, Recompute ? new Recomputation(device) : null);
}
