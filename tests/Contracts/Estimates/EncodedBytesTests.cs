using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Estimates;

public sealed class EncodedBytesTests
{
    private static readonly KnownModel _model = new(FreshShapes.Of(new LlamaSpec { Layers = 2, Width = 32 }, 300), 4);

    [Fact]
    public void Disk_JobsThatKeepTheirTokens_CountFourBytesOfEach()
    {
        Assert.Equal(5000 + (4 * 100 * 64), JobEstimate.Disk(new PreparationSpec { Data = Texts(100) }, null, artifact: 5000));
        Assert.Equal(4 * 100 * 64, Added(data => new FineTuningSpec { Data = data, Base = "a@v1" }));
        Assert.Equal(4 * 100 * 64, Added(data => new RewardTuningSpec { Data = data, Source = "a@v1", Recipe = new TrainingRecipe { Steps = 1, BatchTokens = 1 } }));
        Assert.Equal(4 * 120 * 64, EncodedBytes.Of(Filled(new FineTuningSpec { Data = Texts(100), Base = "a@v1", Recipe = new TrainingRecipe { EarlyStopping = new EarlyStoppingSpec { Count = 20 } } })));
        Assert.Equal(4 * 130 * 64, EncodedBytes.Of(Filled(new FineTuningSpec { Data = Texts(100), Base = "a@v1", Mix = new MixSpec { Data = Texts(30) } })));
    }

    [Fact]
    public void Of_WhatIsNotKept_IsNothing()
    {
        Assert.Equal(0, EncodedBytes.Of(Filled(new FineTuningSpec { Data = Texts(100, TextFormat.Preference), Base = "a@v1" })));
        Assert.Equal(0, EncodedBytes.Of(Filled(new FineTuningSpec { Data = Texts(null), Base = "a@v1" })));
        Assert.Equal(0, EncodedBytes.Of(Filled(new EvaluationSpec { Data = Texts(100), Subject = "a@v1" })));
    }

    [Fact]
    public void Of_MoreThanAWorkerKeeps_IsItsBudget() => Assert.Equal(EncodedBytes.Budget, EncodedBytes.Of(Filled(new FineTuningSpec { Data = Texts(1_000_000_000), Base = "a@v1" })));

    // Beside what the same job on data of unknown length takes.
    private static long? Added(Func<DataSpec, JobSpec> job) => JobEstimate.Disk(Filled(job(Texts(100))), _model, null) - JobEstimate.Disk(Filled(job(Texts(null))), _model, null);

    private static JobSpec Filled(JobSpec job) => TextDefaults.Fill(job);

    private static DataSpec Texts(int? count, TextFormat format = TextFormat.Text) => new()
    {
        Dataset = new TextDatasetSpec { Name = "texts", Location = "/data", Files = [new DataFile { Path = "a.jsonl", Sha256 = new string('0', 64) }], Format = format },
        Split = Split.Tuning,
        MaxTokens = 64,
        Count = count,
    };
}
