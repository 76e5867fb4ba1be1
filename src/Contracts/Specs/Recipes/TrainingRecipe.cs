using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>How a network is trained: AdamW (arXiv 1711.05101) on cross-entropy.</summary>
[GenerateSerializer, Alias("ptune.TrainingRecipe")]
public sealed record TrainingRecipe
{
    [Id(0), LeftOutWith(nameof(Steps)), Range(1, 100_000), Description("Passes over the examples, of images. Default: 30.")]
    public int Epochs { get; init; } = 30;

    [Id(1), LeftOutWith(nameof(BatchTokens)), Range(1, 1_000_000), Description("Examples per step, of images. Default: 64.")]
    public int BatchSize { get; init; } = 64;

    [Id(2), Range(0, 10, MinimumIsExclusive = true), Description("The peak learning rate. Default: 0.0005.")]
    public double LearningRate { get; init; } = 5e-4;

    [Id(3), Range(0, 10), Description("AdamW's decoupled weight decay. Default: 0.01.")]
    public double WeightDecay { get; init; } = 0.01;

    [Id(4), Description("The learning rate after the warm-up: cosine or linear (both to zero), or constant. Default: cosine.")]
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    [Id(5), Range(0, 1), Description("The fraction of the steps over which the learning rate rises from zero. Default: 0.05.")]
    public double Warmup { get; init; } = 0.05;

    [Id(6), NotIdentity, Range(1, 1_000_000_000), Description("Steps between checkpoints; it does not change the result. Default: 200.")]
    public int CheckpointEverySteps { get; init; } = 200;

    [Id(7), Range(1, 1_000_000_000), Description("Optimizer steps, of texts. Default: 300.")]
    public long? Steps { get; init; }

    [Id(8), Range(2, 1_000_000_000), Description("Tokens per step at most, of texts: gradients are summed over them. Default: 4096.")]
    public long? BatchTokens { get; init; }

    [Id(9), Range(1, 100_000), Description("Rows that go forward and back at once, of texts: it decides memory, and the result only by rounding. Default: 8.")]
    public int? MicroBatch { get; init; }

    [Id(10), Description("What is computed in, of texts: float32, or bfloat16 with float32 master weights. Default: float32.")]
    public ComputeType? Dtype { get; init; }

    [Id(11), Range(0, 1e9, MinimumIsExclusive = true), Description("The largest norm of the gradients, of texts. Default: 1.")]
    public double? Clip { get; init; }

    [Id(12), Description("Ends the training when the validation loss no longer falls, and keeps the best checkpoint, of texts. Default: none.")]
    public EarlyStoppingSpec? EarlyStopping { get; init; }

    [Id(13), Range(0, 0.999), Description("Label smoothing, of texts. Default: 0.")]
    public double? LabelSmoothing { get; init; }

    [Id(14), Range(0, 0.999), Description("Dropout of embeddings, attention and residual branches, of texts. Default: 0.")]
    public double? Dropout { get; init; }

    [Id(15), Description("Whether activations are computed again in the backward pass, block by block, of texts: less memory for more time. Default: false.")]
    public bool? Recompute { get; init; }
}
