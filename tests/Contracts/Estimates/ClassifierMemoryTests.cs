using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Estimates;

/// <summary>Estimates of our own image classifiers: what is known from specs alone.</summary>
public sealed class ClassifierMemoryTests
{
    private static readonly DataFile _file = new() { Path = "a", Sha256 = new string('0', 64) };

    private static readonly DataSpec _images = new()
    {
        Dataset = new ImageDatasetSpec { Name = "images", Location = "/data", Files = new IdxFiles { TrainImages = _file, TrainLabels = _file, TestImages = _file, TestLabels = _file }, Labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] },
        Split = Split.Tuning,
    };

    private static readonly PretrainingSpec _pretraining = new() { Data = _images, Architecture = new VitSpec(), Recipe = new TrainingRecipe { BatchSize = 64 } };

    private static readonly KnownModel _model = JobModels.Made(_pretraining, null)!;

    /// <summary>The figures stand in the summaries of the networks.</summary>
    [Fact]
    public void Parameters_Defaults_AreThoseOfTheNetworks()
    {
        long Of(ArchitectureSpec spec) => ClassifierShapes.Of(spec, 28, 28, 10)!.Parameters;
        Assert.Equal((139_018, 206_922, 269_322), (Of(new VitSpec()), Of(new CnnSpec()), Of(new MlpSpec())));
    }

    [Fact]
    public void Memory_Jobs_GrowWithBatchAndWhatIsTrained()
    {
        long Of(JobSpec job) => JobEstimate.Memory(TextDefaults.Fill(job), job is PretrainingSpec ? JobModels.Used(job, null) : _model, [])!.Value;
        FineTuningSpec full = new() { Data = _images, Base = "a@v1", Recipe = _pretraining.Recipe }, lora = full with { Method = new LoraMethod() };
        Assert.Equal(Of(_pretraining), Of(full));
        Assert.True(Of(lora) < Of(full));
        Assert.True(Of(full) < Of(full with { Recipe = new TrainingRecipe { BatchSize = 128 } }));
        // A reward's source is scored first, in larger batches.
        Assert.Equal(Math.Max(Of(full), Of(new ScoringSpec { Data = _images, Subject = "a@v1" })), Of(new RewardTuningSpec { Data = _images, Source = "a@v1", Recipe = _pretraining.Recipe }));
        Assert.True(Of(_pretraining with { Architecture = new MlpSpec { Hidden = 4096 } }) > Of(_pretraining with { Architecture = new MlpSpec() }) + (16L * 4096 * 4096));
    }

    [Fact]
    public void Disk_Jobs_AreTheArtifactAndTheCheckpoints()
    {
        Assert.Equal(139_018 * (4 + (2 * 12)), JobEstimate.Disk(TextDefaults.Fill(_pretraining), JobModels.Used(_pretraining, null), artifact: null));
        var head = new FineTuningSpec { Data = _images, Base = "a@v1", Method = new HeadMethod() };
        Assert.Equal((139_018 * 4) + (650 * 2 * 12), JobEstimate.Disk(TextDefaults.Fill(head), _model, artifact: null));
        Assert.Equal(1000, JobEstimate.Disk(new ScoringSpec { Data = _images, Subject = "a@v1" }, _model, artifact: 1000));
    }

    [Fact]
    public void Memory_EvaluationOfScores_IsAProcess()
    {
        var evaluation = new EvaluationSpec { Data = _images, Scores = new EvaluationScores { Target = "a", Reward = "b" } };
        Assert.Equal(MemoryEstimate.Process, JobEstimate.Memory(evaluation, null, []));
        Assert.Equal(300, JobEstimate.Disk(evaluation, null, artifact: 300));
        Assert.Null(JobEstimate.Memory(evaluation with { Subject = "a@v1" }, null, []));
    }

    [Fact]
    public void Memory_EvaluationOfTimes_HoldsAllFourModels()
    {
        var evaluation = new EvaluationSpec { Data = _images, Models = new EvaluationModels { Target = "a@v1", Reward = "b@v1", Source = "c@v1", TunedSource = "d@v1" } };
        Assert.Equal(("a@v1", "b@v1 c@v1 d@v1"), (JobModels.Read(evaluation), string.Join(' ', JobModels.Beside(evaluation))));
        var alone = JobEstimate.Memory(new EvaluationSpec { Data = _images, Subject = "a@v1" }, _model, []);
        Assert.Equal(alone + (3 * 4 * 139_018), JobEstimate.Memory(evaluation, _model, [_model, _model, _model]));
    }

    [Fact]
    public void Made_TunedInFull_HasTheShapeOfItsBase()
    {
        Assert.Equal(_model, JobModels.Made(new FineTuningSpec { Data = _images, Base = "a@v1" }, _model));
        Assert.Equal(_model, JobModels.Made(new RewardTuningSpec { Data = _images, Source = "a@v1" }, _model));
        Assert.Null(JobModels.Made(new FineTuningSpec { Data = _images, Base = "a@v1", Method = new LoraMethod() }, _model));
    }
}
