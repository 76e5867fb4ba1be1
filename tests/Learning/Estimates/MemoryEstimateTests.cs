using System.Globalization;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Fixtures.Processes;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>Measured peaks of training lie within a factor of 1.5 of what is estimated before anything is loaded.</summary>
public sealed class MemoryEstimateTests : IDisposable
{
    private const int _length = 256;
    private const int _rank = 8;
    private const double _factor = 1.5;
    private const string _case = "PTUNE_MEMORY_CASE";
    private const string _answer = "peak in bytes: ";

    private readonly TempFolder _folder = new();

    public MemoryEstimateTests() => Write();

    public void Dispose() => _folder.Dispose();

    /// <summary>In a process of its own: what other tests freed would hide memory, and what they still free would, too.</summary>
    [Theory]
    [InlineData(false, 2)]
    [InlineData(false, 6)]
    [InlineData(true, 2)]
    [InlineData(true, 6)]
    public async Task Training_MeasuredPeak_IsNearTheEstimate(bool lora, int rows)
    {
        string[] arguments = ["-explicit", "only", "-method", $"{typeof(MemoryEstimateTests).FullName}.{nameof(Measure)}", "-noColor", "-noLogo"];
        await using var process = Program.Start("Learning.Tests", "Ptune.Learning.Tests.dll", arguments, new Dictionary<string, string> { [_case] = $"{lora} {rows}" });
        long peak = long.Parse((await process.SaysAsync(line => line.StartsWith(_answer, StringComparison.Ordinal)))[_answer.Length..], CultureInfo.InvariantCulture);

        using var folder = PretrainedFolder.Open(_folder.Path);
        var shape = DecoderShapes.Of((DecoderConfig)folder.Config);
        long estimate = MemoryEstimate.Training(shape, new TrainingLoad
        {
            Trainable = lora ? shape.LoraParameters(_rank) : shape.Parameters,
            FrozenBase = lora,
            ComputeBytes = 4,
            Tokens = rows * _length,
        });
        // Without the constant part, which is no measurement here.
        double own = (double)peak / (estimate - MemoryEstimate.Process);
        Assert.True(own is > 1 / _factor and < _factor, $"{(lora ? "LoRA" : "whole")}, {rows} rows: {peak / 1e6:F0} MB measured, {(estimate - MemoryEstimate.Process) / 1e6:F0} MB estimated ({own:F2})");
    }

    [Fact(Explicit = true)]
    public void Measure()
    {
        var words = Environment.GetEnvironmentVariable(_case)!.Split(' ');
        bool lora = bool.Parse(words[0]);
        set_num_threads(1);
        // The first time libtorch also takes what it keeps for good.
        Train(lora, rows: 1);
        long peak = MeasuredPeak.Of(() => Train(lora, int.Parse(words[1], CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_answer}{peak}"));
    }

    private void Train(bool lora, int rows)
    {
        using var folder = PretrainedFolder.Open(_folder.Path);
        using var model = lora ? PretrainedFolder.Open(_folder.Path).LanguageModel(ScalarType.Float32, CPU) : new Decoder((DecoderConfig)folder.Config, FullWeights.Of(folder, CPU));
        using var adapter = lora ? Adapter.Create(new AdapterLayout(model).AddLora(new LoraSettings { Targets = new LoraTargets(null), Rank = _rank, Alpha = 16 }), CPU, seed: 1) : null;
        var recipe = new LanguageRecipe { Rates = new TrainingRecipe(), Steps = 2, BatchTokens = rows * _length, MicroBatch = rows };
        var examples = Enumerable.Range(0, rows).Select(row => new EncodedExample([.. Enumerable.Range(0, _length).Select(place => ((row * 31) + (place * 7)) % 4000)], [.. Enumerable.Repeat(true, _length)])).ToList();
        using var trainer = new LanguageTrainer(adapter?.Parameters ?? (TrainableParameters)model.Parameters, new TokenObjective(new LanguageNetwork(model)), TokenRows.Single(examples), recipe, pad: 0, seed: 1);
        Assert.True(trainer.Run(new TrainingControl { Identity = new CheckpointIdentity("job", "recipe", "here"), Folder = _folder.Folder("checkpoints") }));
    }

    private void Write()
    {
        string config = _folder["config.json"];
        File.WriteAllText(config, """
            {
              "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "float32", "hidden_act": "silu", "hidden_size": 192, "intermediate_size": 512,
              "num_hidden_layers": 6, "num_attention_heads": 6, "num_key_value_heads": 2, "vocab_size": 4000, "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "tie_word_embeddings": true
            }
            """);
        var words = JsonWords.Read(config, []);
        ShardWriter.Write(_folder.Path, [.. ModelFamilies.Of(words).Read(words).Parameters.Select(parameter => TensorBytes.WhenWritten(
            parameter.Name, TensorType.F32, parameter.Shape, () => parameter.Shape.Length == 1 ? ones(parameter.Shape) : randn(parameter.Shape) * 0.05))]);
    }
}
