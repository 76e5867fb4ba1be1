using System.Globalization;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>A training or scoring of one of our own image classifiers.</summary>
/// <param name="Architecture">Large enough for activations or weights to be most of the memory.</param>
/// <param name="Kind">full, lora, head or score.</param>
/// <param name="Rows">Images at once.</param>
internal sealed record MeasuredClassifier(ArchitectureSpec Architecture, string Kind, int Rows)
{
    private static readonly string[] s_labels = ["a", "b", "c"];

    private readonly ImageSize _size = new(28, 28);

    private TuningMethod? Method => Kind switch { "lora" => new LoraMethod { Rank = 8 }, "head" => new HeadMethod(), _ => null };

    /// <param name="words">Architecture, kind and rows.</param>
    public static MeasuredClassifier Of(string words) => words.Split(' ') is [var architecture, var kind, var rows]
        ? new(architecture switch
        {
            "vit" => new VitSpec { Patch = 4, Dim = 128, Depth = 4 },
            "cnn" => new CnnSpec { Channels = 64 },
            "cnn-20" => new CnnSpec { Channels = 20 },
            _ => new MlpSpec { Hidden = 2048, Depth = 4 },
        }, kind, int.Parse(rows, CultureInfo.InvariantCulture))
        : throw new ArgumentException(words);

    public long Estimate()
    {
        var shape = ClassifierShapes.Of(Architecture, _size.Height, _size.Width, s_labels.Length)!;
        return Kind == "score" ? ClassifierMemory.Scoring(shape, Rows) : ClassifierMemory.Training(shape, TrainedParameters.Of(Method ?? new FullMethod(), shape), Rows);
    }

    public void Run(string scratch)
    {
        var examples = new Examples(_size, [.. Enumerable.Range(0, Rows * _size.Pixels).Select(at => (byte)(at * 31))], [.. Enumerable.Range(0, Rows).Select(row => (long)row % s_labels.Length)], s_labels, "", new Dictionary<Split, string>());
        using var tensors = new ExampleTensors(examples, CPU);
        using var network = ImageClassifier.Create(Architecture, _size, s_labels.Length, CPU, trainable: Kind == "full");
        network.Parameters.Initialize(1);
        if (Kind == "score")
        {
            Scorer.Score(network, NetworkRole.Model, tensors).Dispose();
            return;
        }

        using var adapter = Method is null ? null : ImageTuning.AdapterOf(Method, network, "head", 1, CPU);
        using var trainer = new ImageTrainer(adapter?.Parameters ?? network.Parameters, network, tensors, Objective.CrossEntropy, new TrainingRecipe { Epochs = 2, BatchSize = Rows }, seed: 1);
        Assert.True(trainer.Run(new TrainingControl { Identity = new CheckpointIdentity("job", "recipe", "here"), Folder = Path.Combine(scratch, "checkpoints") }));
    }
}
