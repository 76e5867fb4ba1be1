using System.Security.Cryptography;
using System.Text.Json;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Jobs on a few made-up texts, each in a folder of its own below a root; one job's output is another's input.</summary>
internal sealed class TinyLanguage
{
    private static readonly string[] _animals = ["cat", "dog", "owl", "fox", "hen", "bee"];
    private static readonly string[] _places = ["house", "garden", "river", "wood"];

    private readonly string _root;
    private readonly string _data;

    public TinyLanguage(string root)
    {
        _root = root;
        _data = Directory.CreateDirectory(Path.Combine(root, "data")).FullName;
    }

    public static TrainingRecipe Recipe { get; } = new() { Steps = 12, BatchTokens = 256, MicroBatch = 4, LearningRate = 0.01, CheckpointEverySteps = 5 };

    public static TokenizerSpec Tokenizer { get; } = Published("tests/fixtures/tokenizers/gpt2-bpe");

    public string Output(string name) => Path.Combine(_root, name, "output");

    public DataSpec Texts(Split split = Split.Tuning) => Data(split, TextFormat.Text, Sentences().Select(sentence => new { text = sentence }));

    /// <summary>From 2 to 22 words.</summary>
    public DataSpec UnevenTexts() => Data(Split.Tuning, TextFormat.Text, _animals.Select((animal, number) => new { text = string.Join(' ', Enumerable.Repeat(animal, 2 + (4 * number))) }), [1, 0, 0]);

    public DataSpec Pairs() => Data(Split.Tuning, TextFormat.PromptResponse, _animals.Select(animal => new { prompt = $"Where is the {animal}?", response = $"The {animal} is here." }), [1, 0, 0]);

    /// <param name="held">Whether half of the pairs are the validation split.</param>
    public DataSpec Preferences(bool held = false) => Data(Split.Tuning, TextFormat.Preference, _animals.Select(animal => new { prompt = $"Where is the {animal}?", chosen = $"The {animal} is here.", rejected = "No idea." }), held ? [0.5, 0.5, 0] : [1, 0, 0]);

    public DataSpec Choices() => Data(Split.Tuning, TextFormat.MultipleChoice, _animals.Select((animal, number) => new { question = $"Where is the {animal}?", choices = _places, answer = number % _places.Length }), [1, 0, 0]);

    public DataSpec Labelled(params string[] labels)
    {
        var data = Data(Split.Tuning, TextFormat.TextLabel, Sentences().Select((sentence, number) => new { text = sentence, label = labels[number % labels.Length] }));
        return data with { Dataset = (TextDatasetSpec)data.Dataset with { Labels = labels } };
    }

    public static PretrainingSpec Pretraining(DataSpec data, DecoderSpec? architecture = null) => new()
    {
        Data = data,
        Architecture = architecture ?? new LlamaSpec { Layers = 2, Width = 16, Heads = 2, Context = 64 },
        Tokenizer = Tokenizer,
        Recipe = Recipe,
    };

    public static FineTuningSpec FineTuning(DataSpec data, TuningMethod? method = null) => new() { Data = data, Base = "given", Recipe = Recipe, Method = method };

    /// <summary>A run of a job in the folder <paramref name="name"/>; inputs are folders by role.</summary>
    public JobRun Run(string name, JobSpec spec, params (string Role, string Folder)[] inputs) => new()
    {
        JobId = $"default.{name}",
        Spec = TextDefaults.Fill(spec),
        Inputs = inputs.ToDictionary(input => input.Role, input => input.Folder),
        InputDigests = inputs.ToDictionary(input => input.Role, input => Digest.Of(Path.GetFileName(Path.GetDirectoryName(input.Folder)!))),
        DataCacheFolder = Path.Combine(_root, "cache"),
        WorkFolder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName,
    };

    public JobOutcome.Completed Complete(string name, JobSpec spec, params (string Role, string Folder)[] inputs) =>
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(Run(name, spec, inputs)));

    /// <summary>The job "whole", which was run before: stopped and resumed it makes the same files.</summary>
    public void AssertSameAfterAStop(JobSpec spec, params (string, string)[] inputs)
    {
        using var stop = new CancellationTokenSource();
        var run = Run("cut", spec, inputs) with { JobId = "default.whole", Stop = stop.Token, OnProgress = progress => { if (progress.Step == 7) stop.Cancel(); } };
        var stopped = Assert.IsType<JobOutcome.Stopped>(JobRunner.Run(run));
        Assert.Equal(7, stopped.Step);
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(Run("on", spec, inputs) with { JobId = "default.whole", Checkpoint = stopped.Checkpoint }));

        Assert.Equal(TinyJobs.Files(Output("whole")), TinyJobs.Files(Output("on")));
    }

    private static IEnumerable<string> Sentences() =>
        from animal in _animals from place in _places select $"The {animal} sleeps in the {place}, and in the morning the {animal} leaves the {place}.";

    private static TokenizerSpec Published(string folder)
    {
        string path = Repository.PathOf([.. folder.Split('/'), "tokenizer.json"]);
        return new TokenizerSpec { Location = Path.GetDirectoryName(path)!, File = new DataFile { Path = "tokenizer.json", Sha256 = Sha256(path) } };
    }

    private DataSpec Data<T>(Split split, TextFormat format, IEnumerable<T> records, double[]? shares = null)
    {
        string path = Path.Combine(_data, $"{format}.jsonl");
        File.WriteAllLines(path, records.Select(record => JsonSerializer.Serialize(record)));
        return new DataSpec
        {
            Dataset = new TextDatasetSpec { Name = "animals", Location = _data, Files = [new DataFile { Path = Path.GetFileName(path), Sha256 = Sha256(path) }], Format = format },
            Splits = new SplitsSpec { Seed = 1, Shares = shares ?? [0.6, 0.2, 0.2] },
            Split = split,
            MaxTokens = 48,
        };
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
