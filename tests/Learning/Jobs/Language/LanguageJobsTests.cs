using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Jobs;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Language models from spec to artifact, as an executor runs them.</summary>
public sealed class LanguageJobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public LanguageJobsTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<DecoderSpec> Architectures =>
    [
        new LlamaSpec { Layers = 1, Width = 16, Heads = 4, KeyValueHeads = 2, Context = 64 },
        new MistralSpec { Layers = 1, Width = 16, Heads = 2, Context = 64, Window = 8 },
        new Qwen2Spec { Layers = 1, Width = 16, Heads = 2, Context = 64, Tied = false },
        new Qwen3Spec { Layers = 1, Width = 16, Heads = 2, Context = 64 },
        new Gpt2Spec { Layers = 1, Width = 16, Heads = 2, Context = 64 },
        new GptNeoXSpec { Layers = 1, Width = 16, Heads = 2, Context = 64, RotaryShare = 0.5 },
    ];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Run_Pretraining_MakesAFolderThatIsChecked(DecoderSpec architecture)
    {
        var done = _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts(), architecture));

        Assert.True(done.Metrics[MetricNames.FinalLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.Equal((12, 24, 421), (done.Metrics[MetricNames.Steps], done.Metrics[MetricNames.Records], done.Metrics[MetricNames.Vocabulary]));
        Assert.Equal(FreshShapes.Of(architecture, 421), ShapeMetrics.Read(done.Metrics));
        using var check = Learning.Checks.Preflight.Check(_jobs.Output("base"));
        Assert.Empty(check.Notes);
        Assert.Equal((done.Attributes[AttributeNames.Family], 421), (check.Facts.Family, check.Facts.TokenizerEntries));
    }

    [Fact]
    public void Run_PretrainingTwice_MakesTheSameBytes()
    {
        _jobs.Complete("one", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("two", TinyLanguage.Pretraining(_jobs.Texts()));

        Assert.Equal(TinyJobs.Files(_jobs.Output("one")), TinyJobs.Files(_jobs.Output("two")));
    }

    [Fact]
    public void Run_ContinuedPretraining_BeginsWhereTheBaseEnded()
    {
        var first = _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));

        var next = _jobs.Complete("next", TinyLanguage.Pretraining(_jobs.Texts()) with { Continues = "given", Tokenizer = null }, ("base", _jobs.Output("base")));

        Assert.True(next.Metrics[MetricNames.FirstLoss] < first.Metrics[MetricNames.FirstLoss] - 0.5);
    }

    public static TheoryData<TuningMethod, ArtifactKind> Methods => new()
    {
        { new FullMethod(), ArtifactKind.Model },
        { new HeadMethod(), ArtifactKind.Model },
        { new LoraMethod { Rank = 4, Targets = "q_proj, v_proj" }, ArtifactKind.Patch },
        { new LoraMethod { Rank = 2, Rslora = true, RankPattern = new() { ["q_proj"] = 3 } }, ArtifactKind.Patch },
        { new AdapterMethod { Width = 4 }, ArtifactKind.Patch },
        { new SoftPromptMethod { Tokens = 3 }, ArtifactKind.Patch },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Run_FineTuning_LowersTheLossAndCanBeUsed(TuningMethod method, ArtifactKind kind)
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));

        var done = _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs(), method) with { Recipe = TinyLanguage.Recipe with { LearningRate = 0.05 } }, ("base", _jobs.Output("base")));

        Assert.Equal(kind, done.Kind);
        Assert.True(done.Metrics[MetricNames.FinalLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.NotEqual(Ids("bare", _jobs.Output("base"), null), kind == ArtifactKind.Model ? Ids("asked", _jobs.Output("tuned"), null) : Ids("asked", _jobs.Output("base"), _jobs.Output("tuned")));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("lora")]
    [InlineData("head")]
    public void Run_Bfloat16WithDropoutAndRecomputation_IsExactOverAResume(string method)
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        var recipe = TinyLanguage.Recipe with { Dtype = ComputeType.Bfloat16, Dropout = 0.1, LabelSmoothing = 0.1, Recompute = true };
        var spec = TinyLanguage.FineTuning(_jobs.Pairs(), method switch { "full" => new FullMethod(), "head" => new HeadMethod(), _ => new LoraMethod { Rank = 4 } }) with { Recipe = recipe };

        Assert.Equal(method == "full" ? "bfloat16" : "float32", _jobs.Complete("whole", spec, ("base", _jobs.Output("base"))).Attributes[AttributeNames.Dtype]);

        _jobs.AssertSameAfterAStop(spec, ("base", _jobs.Output("base")));
    }

    [Fact]
    public void Run_Preferences_RaisesTheChosenResponse()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));

        var done = _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Preferences(), new LoraMethod { Rank = 4 }), ("base", _jobs.Output("base")));

        Assert.Equal(Math.Log(2), done.Metrics[MetricNames.FirstLoss], 1e-4);
        Assert.True(done.Metrics[MetricNames.FinalLoss] < 0.6, $"{done.Metrics[MetricNames.FinalLoss]}");
    }

    [Fact]
    public void Run_PreferencesWithEarlyStopping_KeepsTheBestStep()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        var early = new EarlyStoppingSpec { Patience = 2, EverySteps = 3 };
        var spec = TinyLanguage.FineTuning(_jobs.Preferences(held: true)) with { Recipe = TinyLanguage.Recipe with { Steps = 100, LearningRate = 0.1, Schedule = LearningRateSchedule.Constant, EarlyStopping = early } };

        var done = _jobs.Complete("whole", spec, ("base", _jobs.Output("base")));

        Assert.True(done.Metrics[MetricNames.Steps] < 100, $"{done.Metrics[MetricNames.Steps]}");
        Assert.Equal(done.Metrics[MetricNames.Steps] - 6, done.Metrics[MetricNames.BestStep]);
        Assert.True(double.IsFinite(done.Metrics[MetricNames.ValidationLoss]));
        _jobs.AssertSameAfterAStop(spec, ("base", _jobs.Output("base")));
    }

    [Theory]
    [InlineData("pretraining")]
    [InlineData("lora")]
    [InlineData("preferences")]
    public void Run_StoppedAndResumed_EndsInTheSameBytes(string kind)
    {
        if (kind != "pretraining") _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        JobSpec spec = kind switch
        {
            "pretraining" => TinyLanguage.Pretraining(_jobs.Texts()),
            "lora" => TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 4, Dropout = 0.1 }),
            _ => TinyLanguage.FineTuning(_jobs.Preferences(), new LoraMethod { Rank = 4 }) with { Recipe = TinyLanguage.Recipe with { BatchTokens = 64 } },
        };
        (string, string)[] inputs = kind == "pretraining" ? [] : [("base", _jobs.Output("base"))];
        _jobs.Complete("whole", spec, inputs);

        _jobs.AssertSameAfterAStop(spec, inputs);
    }

    [Fact]
    public void Run_EarlyStopping_KeepsTheBestStep()
    {
        var spec = TinyLanguage.Pretraining(_jobs.Texts()) with
        {
            Recipe = TinyLanguage.Recipe with { Steps = 200, LearningRate = 0.1, Schedule = LearningRateSchedule.Constant, EarlyStopping = new EarlyStoppingSpec { Patience = 2, EverySteps = 5, Count = 5 } },
        };

        var done = _jobs.Complete("base", spec);

        Assert.True(done.Metrics[MetricNames.Steps] < 200, $"{done.Metrics[MetricNames.Steps]}");
        Assert.InRange(done.Metrics[MetricNames.BestStep], 5, done.Metrics[MetricNames.Steps] - 5);
    }

    [Fact]
    public void Run_GeneralDataMixedIn_GetTheirShare()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        var spec = TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 4 }) with { Mix = new MixSpec { Data = _jobs.Texts(), Share = 0.25 } };

        var done = _jobs.Complete("tuned", spec, ("base", _jobs.Output("base")));

        Assert.InRange(done.Metrics[MetricNames.MixedShare], 0.15, 0.35);
    }

    [Fact]
    public void Run_Import_TakesAFolderInAndRefusesAnother()
    {
        string folder = Repository.PathOf("tests", "fixtures", "hf", "llama-gqa-llama3");
        var files = new[] { "config.json", "generation.json", "generation_config.json", "model.safetensors" }.Select(name => new ImportFile { Path = name, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name)))) }).ToArray();
        var run = _jobs.Run("imported", new ImportSpec { From = new UploadedSource { Files = files } });
        foreach (var file in files)
        {
            string place = Directory.CreateDirectory(Path.Combine(run.DataCacheFolder, "files")).FullName;
            File.Copy(Path.Combine(folder, file.Path), Path.Combine(place, file.Sha256), overwrite: true);
        }

        var done = Assert.IsType<JobOutcome.Completed>(JobRunner.Run(run));

        Assert.Equal(("llama", ArtifactKind.Model), (done.Attributes[AttributeNames.Family], done.Kind));
        Assert.Contains("golden.safetensors", done.Files);
        var byReference = _jobs.Complete("referred", new ImportSpec { From = new FolderSource { Path = folder, Files = files } });
        Assert.Equal(["golden.safetensors", "reference.json"], byReference.Files);
        Assert.Equal(done.Attributes[AttributeNames.Weights], byReference.Attributes[AttributeNames.Weights]);
        var asked = new GenerationSpec { Model = "given", PromptIds = [[1, 2, 3]], MaxTokens = 4, Temperature = 0, IgnoreEos = true };
        _jobs.Complete("a", asked, ("model", _jobs.Output("imported")));
        _jobs.Complete("b", asked, ("model", _jobs.Output("referred")));
        Assert.Equal(TinyJobs.Files(_jobs.Output("a")), TinyJobs.Files(_jobs.Output("b")));
        files[0] = files[0] with { Sha256 = new string('0', 64) };
        Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("other", new ImportSpec { From = new FolderSource { Path = folder, Files = files } })));
    }

    [Fact]
    public void Run_FullTuningOfABaseWithAnotherWeightsFile_MakesAUsualFolder()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        string config = Path.Combine(_jobs.Output("base"), "config.json");
        File.Move(Path.Combine(_jobs.Output("base"), "model.safetensors"), Path.Combine(_jobs.Output("base"), "other.safetensors"));
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"model_type\"", "\"transformers_weights\": \"other.safetensors\", \"model_type\"", StringComparison.Ordinal));

        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs()), ("base", _jobs.Output("base")));

        using var tuned = PretrainedFolder.Open(_jobs.Output("tuned"));
        Assert.Equal("model.safetensors", Path.GetFileName(Assert.Single(tuned.Weights.Files)));
    }

    [Fact]
    public void Run_LoraPatch_IsWhatPeftLoads()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 4 }), ("base", _jobs.Output("base")));

        using var peft = Learning.Adaptation.Peft.PeftFolder.Open(_jobs.Output("tuned"));
        using var model = PretrainedFolder.Open(_jobs.Output("base")).LanguageModel(ScalarType.Float32, CPU);
        using var adapter = peft.Attach(model, [], CPU);
        Assert.Equal(14, adapter.Layout!.Lora.Count);
    }

    [Fact]
    public void Run_Generation_TellsTheTextOnTheWay()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()) with { Recipe = TinyLanguage.Recipe with { Steps = 200 } });
        var told = new List<WrittenText>();
        var spec = new GenerationSpec { Model = "given", Prompts = ["The cat", "The dog"], MaxTokens = 8, Temperature = 0 };

        var run = _jobs.Run("asked", spec, ("model", _jobs.Output("base"))) with { OnProgress = progress => { if (progress.Written is { } text) told.Add(text); } };
        var done = Assert.IsType<JobOutcome.Completed>(JobRunner.Run(run));

        Assert.Equal((2, 0), (done.Metrics[MetricNames.Count], done.Metrics[MetricNames.Refused]));
        var answers = File.ReadAllLines(Path.Combine(_jobs.Output("asked"), GenerationJob.FileName)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        string text = answers[0].GetProperty("text").GetString()!;
        Assert.Contains("sleeps", text, StringComparison.Ordinal);
        Assert.Contains(told, written => written.Prompt == 0 && written.Text.Length > 0 && text.StartsWith(written.Text, StringComparison.Ordinal));
        Assert.Equal("length", answers[1].GetProperty("finish").GetString());
        // Each answer is told as soon as those before it are.
        Assert.Equal((2, "", 2), (told[^1].Prompt, told[^1].Text, told[^1].Answers!.Length));
        Assert.Equal(File.ReadAllLines(Path.Combine(_jobs.Output("asked"), GenerationJob.FileName)), told[^1].Answers!);
    }

    [Fact]
    public void Run_GenerationOfAPromptThatIsTooLong_AnswersTheOthers()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        var spec = new GenerationSpec { Model = "given", PromptIds = [[.. Enumerable.Repeat(5, 100)], [5]], MaxTokens = 3 };

        var done = _jobs.Complete("asked", spec, ("model", _jobs.Output("base")));

        Assert.Equal((2, 1), (done.Metrics[MetricNames.Count], done.Metrics[MetricNames.Refused]));
        Assert.Contains("context", File.ReadLines(Path.Combine(_jobs.Output("asked"), GenerationJob.FileName)).First(), StringComparison.Ordinal);

        var none = _jobs.Complete("refused", spec with { PromptIds = spec.PromptIds[..1] }, ("model", _jobs.Output("base")));
        Assert.Equal((1, 1), (none.Metrics[MetricNames.Count], none.Metrics[MetricNames.Refused]));
    }

    [Fact]
    public void Run_Preparation_CountsWhatTrainingWouldUse()
    {
        var data = _jobs.Texts() with { MaxTokens = 20 };
        var done = _jobs.Complete("prepared", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer });
        var trained = _jobs.Complete("base", TinyLanguage.Pretraining(data));

        foreach (string name in new[] { MetricNames.Count, MetricNames.Tokens, MetricNames.CutTokens, MetricNames.CutExamples, MetricNames.SplitRecords })
            Assert.Equal(trained.Metrics[name], done.Metrics[name]);
        Assert.True(done.Metrics[MetricNames.CutExamples] > 0);
    }

    [Fact]
    public void Run_SmallVocabulary_IsTheFirstPart()
    {
        var spec = TinyLanguage.Pretraining(_jobs.Texts()) with { Tokenizer = TinyLanguage.Tokenizer with { Vocabulary = 300 } };

        var done = _jobs.Complete("base", spec);

        Assert.Equal(300, done.Metrics[MetricNames.Vocabulary]);
        using var tokenizer = Learning.Tokenization.Tokenizer.Load(Path.Combine(_jobs.Output("base"), "tokenizer.json"));
        Assert.Equal("Where is the óçł 水?", tokenizer.Decode(tokenizer.Encode("Where is the óçł 水?")));
    }

    [Theory]
    [InlineData(422, "entries")]
    [InlineData(100_000, "entries")]
    public void Run_LargerVocabularyThanThereIs_IsRefused(int vocabulary, string word)
    {
        var spec = TinyLanguage.Pretraining(_jobs.Texts()) with { Tokenizer = TinyLanguage.Tokenizer with { Vocabulary = vocabulary } };

        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("base", spec)));
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ExamplesLongerThanTheModelReads_IsRefused()
    {
        var spec = TinyLanguage.Pretraining(_jobs.Texts() with { MaxTokens = 100 }) with { Recipe = TinyLanguage.Recipe };

        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("base", spec)));
        Assert.Contains("maxTokens", refusal.Message, StringComparison.Ordinal);
    }

    private string Ids(string name, string model, string? patch)
    {
        var spec = new GenerationSpec { Model = "given", Patch = patch is null ? null : "given", Prompts = ["Where is the cat?\n"], MaxTokens = 12, Temperature = 0, IgnoreEos = true };
        _jobs.Complete(name, spec, patch is null ? [("model", model)] : [("model", model), ("patch", patch)]);
        return JsonDocument.Parse(File.ReadLines(Path.Combine(_jobs.Output(name), GenerationJob.FileName)).First()).RootElement.GetProperty("ids").ToString();
    }
}
