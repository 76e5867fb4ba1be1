using System.Globalization;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>A training, scoring or import of a model that is written for it, and what is estimated for it.</summary>
/// <param name="Model">llama, bert or vit; or the folder of a language model.</param>
/// <param name="Kind">full, lora, score or import.</param>
/// <param name="Rows">Texts of 256 tokens, or images.</param>
internal sealed record MeasuredWork(string Model, string Kind, int Rows, ComputeType Type, bool Recompute, string Folder)
{
    private const int _length = 256;
    private const int _rank = 8;

    private bool IsLora => Kind == "lora";

    private TrainingRecipe Rates => new() { Epochs = 1, BatchSize = Rows };

    /// <param name="words">Model, kind, rows; and what is computed in, and whether activations are recomputed.</param>
    /// <param name="folder">The model's folder, which is filled.</param>
    public static MeasuredWork Of(string words, string folder)
    {
        string[] all = words.Split(' ');
        var type = all.Contains("bfloat16") ? ComputeType.Bfloat16 : ComputeType.Float32;
        var work = new MeasuredWork(all[0], all[1], int.Parse(all[2], CultureInfo.InvariantCulture), type, all.Contains("recompute"), folder);
        // An import raises what is stored in less.
        if (!Path.IsPathRooted(work.Model)) Write(folder, work.Model, work.Kind == "import" ? ScalarType.BFloat16 : ScalarType.Float32);
        else return work with { Folder = work.Model };
        return work;
    }

    public long Estimate(TransformerShape shape)
    {
        long tokens = Rows * (shape.Image?.Tokens ?? _length), images = shape.Image is null ? 0 : MemoryEstimate.Images(shape, Rows);
        return Kind switch
        {
            "import" => MemoryEstimate.Import(2 * shape.Parameters, shape.Parameters),
            "score" => MemoryEstimate.Inference(shape, 4, tokens) + images,
            _ => images + MemoryEstimate.Training(shape, new TrainingLoad
            {
                Trainable = IsLora ? shape.LoraParameters(_rank) : shape.Parameters,
                FrozenBase = IsLora,
                ComputeBytes = JobEstimate.BytesOf(Type),
                Tokens = tokens,
                Recompute = Recompute,
            }),
        };
    }

    public void Run(string scratch)
    {
        if (Kind == "import")
        {
            FolderImport.Run(new ModelImportOptions { Folder = Folder, Target = Path.Combine(scratch, "artifact") });
            return;
        }

        using var folder = PretrainedFolder.Open(Folder);
        using var masters = Kind == "full" ? FullWeights.Of(folder, CPU) : null;
        var copies = masters is null ? null : TunedModel.CopiesOf(masters, Type);
        var network = masters is null ? PretrainedFolder.Open(Folder).Network(TunedModel.TypeOf(Type), CPU) : folder.Network((ModelParameters?)copies ?? masters);
        using var _ = network;
        using var adapter = IsLora ? Adapter.Create(new AdapterLayout(network).AddLora(new LoraSettings { Targets = new LoraTargets(null), Rank = _rank, Alpha = 16 }), CPU, seed: 1) : null;
        var trained = adapter?.Parameters ?? masters;
        var recipe = new LanguageRecipe { Rates = new TrainingRecipe(), Steps = 2, BatchTokens = Rows * _length, MicroBatch = Rows, Type = TunedModel.TypeOf(Type), Recompute = Recompute };
        switch (network)
        {
            case Decoder decoder:
                var examples = Texts().Select(ids => new EncodedExample(ids, [.. Enumerable.Repeat(true, _length)])).ToList();
                Train(new LanguageTrainer(trained!, new TokenObjective(new LanguageNetwork(decoder)), TokenRows.Single(examples), recipe, pad: 0, seed: 1, copies: adapter is null ? copies : adapter.Copies), scratch);
                break;
            case Bert bert:
                Train(new LabelTrainer(trained!, bert, [.. Texts()], [.. Enumerable.Range(0, Rows).Select(row => row % bert.Labels.Count)], recipe, pad: 0, seed: 1), scratch);
                break;
            case HfVit vit:
                using (var images = new ExampleTensors(Images(vit.Config.Labels), CPU))
                {
                    var prepared = PretrainedImageNetwork.Of(vit, PreparationWords.Read(folder.Files, vit.Config));
                    if (Kind == "score") Scorer.Score(prepared, NetworkRole.Model, images).Dispose();
                    else Train(new ImageTrainer(trained!, prepared, images, Objective.CrossEntropy, Rates with { Epochs = 2 }, seed: 1), scratch);
                }

                break;
        }
    }

    private static void Train(TrainingLoop trainer, string scratch)
    {
        using (trainer) Assert.True(trainer.Run(new TrainingControl { Identity = new CheckpointIdentity("job", "recipe", "here"), Folder = Path.Combine(scratch, "checkpoints") }));
    }

    private IEnumerable<int[]> Texts() =>
        Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, _length).Select(place => ((row * 31) + (place * 7)) % 4000).ToArray());

    private Examples Images(IReadOnlyList<string> labels)
    {
        var size = new ImageSize(28, 28);
        return new Examples(size, [.. Enumerable.Range(0, Rows * 784).Select(at => (byte)(at * 31))], [.. Enumerable.Range(0, Rows).Select(row => (long)row % labels.Count)], labels, "", new Dictionary<Split, string>());
    }

    private static void Write(string folder, string model, ScalarType type)
    {
        string config = Path.Combine(folder, "config.json");
        string labels = """ "id2label": { "0": "a", "1": "b", "2": "c" } """;
        File.WriteAllText(config, model switch
        {
            "llama" => """
                {
                  "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "float32", "hidden_act": "silu", "hidden_size": 192, "intermediate_size": 512,
                  "num_hidden_layers": 6, "num_attention_heads": 6, "num_key_value_heads": 2, "vocab_size": 4000, "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "tie_word_embeddings": true
                }
                """,
            "bert" => $$"""
                {
                  "architectures": ["BertForSequenceClassification"], "model_type": "bert", "torch_dtype": "float32", "hidden_size": 192, "intermediate_size": 768,
                  "num_hidden_layers": 6, "num_attention_heads": 6, "vocab_size": 4000, "max_position_embeddings": 512, {{labels}}
                }
                """,
            _ => $$"""
                {
                  "architectures": ["ViTForImageClassification"], "model_type": "vit", "torch_dtype": "float32", "hidden_size": 192, "intermediate_size": 768,
                  "num_hidden_layers": 6, "num_attention_heads": 6, "image_size": 112, "patch_size": 16, "num_channels": 3, {{labels}}
                }
                """,
        });
        var words = JsonWords.Read(config, []);
        ShardWriter.Write(folder, [.. ModelFamilies.Of(words).Read(words).Parameters.Select(parameter => TensorBytes.WhenWritten(
            parameter.Name, TensorType.Of(type), parameter.Shape, () => (parameter.Shape.Length == 1 ? ones(parameter.Shape) : randn(parameter.Shape) * 0.05).to_type(type)))]);
    }
}
