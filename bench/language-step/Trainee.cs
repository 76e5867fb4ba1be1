using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.LanguageStep.Bench;

/// <summary>A model with random weights, what is trained of it, and its trainer.</summary>
internal sealed class Trainee : IDisposable
{
    private const string _weightsFile = "weights.safetensors";
    private const string _adapterFile = "adapter.safetensors";

    private readonly TrainableParameters _weights;
    private readonly Decoder _model;
    private readonly Adapter? _adapter;
    private readonly IReadOnlyList<EncodedExample> _examples;
    private readonly TokenObjective _objective;

    private Trainee(Setting setting)
    {
        _weights = new TrainableParameters();
        foreach (var parameter in setting.Config.Parameters) _weights.Declare(parameter.Name, parameter.Init, parameter.Shape);
        _weights.Allocate(CPU, trainable: !setting.IsLora);
        _model = new Decoder(setting.Config, _weights);
        _adapter = setting.IsLora ? Adapter.Create(new AdapterLayout(_model).AddLora(Setting.Lora), CPU, seed: 1) : null;
        _objective = new TokenObjective(new LanguageNetwork(_model));
        _examples = Examples(setting);
    }

    public TrainableParameters Trained => _adapter?.Parameters ?? _weights;

    /// <summary>Draws the weights and writes them for all contenders.</summary>
    public static void Write(Setting setting, string folder)
    {
        using var drawn = new Trainee(setting);
        drawn._weights.Initialize(1);
        SafetensorsWriter.Write(Path.Combine(folder, _weightsFile), drawn._weights.Save());
        if (drawn._adapter is { } adapter) SafetensorsWriter.Write(Path.Combine(folder, _adapterFile), adapter.Parameters.Save());
    }

    public static Trainee Read(Setting setting, string folder)
    {
        var read = new Trainee(setting);
        Load(read._weights, Path.Combine(folder, _weightsFile));
        if (read._adapter is { } adapter) Load(adapter.Parameters, Path.Combine(folder, _adapterFile));
        return read;
    }

    public LanguageTrainer Trainer(bool recompute) => new(Trained, _objective, TokenRows.Single(_examples), new LanguageRecipe
    {
        // So many steps that no run ends.
        Rates = new TrainingRecipe { LearningRate = 1e-4, WeightDecay = 0.01, Schedule = LearningRateSchedule.Constant, Warmup = 0, CheckpointEverySteps = 1_000_000 },
        Steps = 10_000_000,
        BatchTokens = Setting.Rows * Setting.RowTokens,
        MicroBatch = Setting.Rows,
        Clip = 1,
        Recompute = recompute,
    }, pad: 0, seed: 1);

    /// <summary>The mean loss of the rows, without a step.</summary>
    public double Loss()
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(TokenRows.Single(_examples).Blocks([.. Enumerable.Range(0, Setting.Rows)], pad: 0), CPU);
        return _objective.Sum(batch) / batch.TrainedTokens;
    }

    /// <summary>The rows that every step takes; every token but the first is trained.</summary>
    public static IReadOnlyList<EncodedExample> Examples(Setting setting)
    {
        var random = new SplitMix64(1);
        bool[] trained = new bool[Setting.RowTokens];
        Array.Fill(trained, true);
        var rows = new List<EncodedExample>();
        for (int row = 0; row < Setting.Rows; row++)
        {
            int[] ids = new int[Setting.RowTokens];
            for (int i = 0; i < ids.Length; i++) ids[i] = random.NextBelow((int)setting.Config.Vocabulary);
            rows.Add(new EncodedExample(ids, trained));
        }

        return rows;
    }

    public void Dispose()
    {
        _adapter?.Dispose();
        _model.Dispose();
    }

    private static void Load(TrainableParameters parameters, string path)
    {
        using var file = SafetensorsFile.Open(path);
        parameters.Load(file);
    }
}
