using Ptune.Contracts.Specs;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>How a language model is trained.</summary>
internal sealed record LanguageRecipe
{
    /// <summary>The learning rate on its way, the weight decay of matrices, and how often a checkpoint is written.</summary>
    public required TrainingRecipe Rates { get; init; }

    public required long Steps { get; init; }

    /// <summary>At most so many tokens a step.</summary>
    public required long BatchTokens { get; init; }

    /// <summary>So many rows go forward and back at once; it changes memory, and the result by rounding only.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>The largest norm of the gradients; null: none.</summary>
    public double? Clip { get; init; }

    /// <summary>
    /// What the network computes in: f32 or bf16. What is trained stays f32 in either case (masters), and so do the optimizer and checkpoints. The network must be over
    /// parameters of that type: <see cref="ComputeCopies"/> of the masters, or a frozen base that was loaded so.
    /// </summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Whether the activations of a block are computed again in the backward pass and not kept.</summary>
    public bool Recompute { get; init; }

    /// <summary>What is left out at random in training; a LoRA's own dropout stands in its settings.</summary>
    public Dropouts Dropout { get; init; } = Dropouts.None;

    /// <summary>The share of a target's probability that is spread over the vocabulary (arXiv 1512.00567), from 0 to below 1. The validation loss has none.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How the network is passed.</summary>
    /// <exception cref="LearningException">A share is none.</exception>
    public PassSettings Pass => LabelSmoothing is >= 0 and < 1
        ? new() { Dropout = Dropout.Check(), Recompute = Recompute, LabelSmoothing = LabelSmoothing }
        : throw new LearningException($"The label smoothing is {LabelSmoothing}; it must be from 0 to below 1.");
}
