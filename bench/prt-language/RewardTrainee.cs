using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.PrtLanguage.Bench;

/// <summary>A reward that starts as a copy of its source, and its trainer.</summary>
internal sealed class RewardTrainee : IDisposable
{
    /// <summary>The reward by itself: plain fine-tuning.</summary>
    public const string Alone = "alone";

    /// <summary>Beside the source's states, which were computed before.</summary>
    public const string Cached = "cached";

    /// <summary>Beside the source, which is passed in every step.</summary>
    public const string Passed = "passed";

    private const string _weightsFile = "weights.safetensors";

    private readonly Decoder _reward;
    private readonly Decoder? _source;
    private readonly FrozenStates? _states;
    private readonly TokenObjective _objective;
    private readonly IReadOnlyList<EncodedExample> _rows;

    public RewardTrainee(DecoderConfig config, string mode, string folder, IReadOnlyList<EncodedExample> rows)
    {
        _rows = rows;
        Trained = Llama.Weights(config, trainable: true);
        Load(Trained, folder);
        _reward = new Decoder(config, Trained);
        if (mode != Alone)
        {
            var weights = Llama.Weights(config, trainable: false);
            Load(weights, folder);
            _source = new Decoder(config, weights);
        }

        if (mode == Cached)
        {
            var cache = new HiddenStateCache(Path.Combine(folder, "states"), 1L << 34, "bench");
            _states = new FrozenStates(new LanguageNetwork(_source!), cache.Of("source", ScalarType.Float32));
            var before = Environment.CpuUsage.TotalTime;
            _states.Add(rows, pad: 0, batchTokens: 4096, (_, _) => { });
            PassSeconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        _objective = new TokenObjective(new LanguageNetwork(_reward), _states ?? (ITokenNetwork?)(_source is null ? null : new LanguageNetwork(_source)));
        Trainer = new LanguageTrainer(Trained, _objective, TokenRows.Single(rows), new LanguageRecipe
        {
            // So many steps that no run ends.
            Rates = new TrainingRecipe { LearningRate = 1e-4, WeightDecay = 0.01, Schedule = LearningRateSchedule.Constant, Warmup = 0, CheckpointEverySteps = 1_000_000 },
            Steps = 10_000_000,
            BatchTokens = rows.Sum(row => (long)row.Length),
            MicroBatch = rows.Count,
            Clip = 1,
        }, pad: 0, seed: 1);
    }

    public TrainableParameters Trained { get; }

    public LanguageTrainer Trainer { get; }

    /// <summary>Of the processor, for the source's one pass over the rows.</summary>
    public double PassSeconds { get; }

    public static void Write(DecoderConfig config, string folder)
    {
        using var weights = Llama.Weights(config, trainable: false);
        weights.Initialize(1);
        SafetensorsWriter.Write(Path.Combine(folder, _weightsFile), weights.Save());
    }

    /// <summary>The mean loss of the rows, without a step.</summary>
    public double Loss()
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(TokenRows.Single(_rows).Blocks([.. Enumerable.Range(0, _rows.Count)], pad: 0), CPU);
        return _objective.Sum(batch) / batch.TrainedTokens;
    }

    public void Dispose()
    {
        Trainer.Dispose();
        _states?.Dispose();
        _source?.Dispose();
        _reward.Dispose();
    }

    private static void Load(TrainableParameters parameters, string folder)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, _weightsFile));
        parameters.Load(file);
    }
}
