using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs;

/// <summary>A run that is stopped or killed anywhere ends in the bytes of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyJobs _jobs;

    public ResumeTests()
    {
        _jobs = new TinyJobs(_folder.Path);
        _jobs.Complete("source", _jobs.Pretraining());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vit", 3)]
    [InlineData("vit", 15)]
    [InlineData("cnn", 9)]
    [InlineData("mlp", 30)]
    public void Run_FromACheckpoint_EndsInTheSameBytes(string kind, long step)
    {
        ArchitectureSpec architecture = kind switch
        {
            "vit" => new VitSpec { Patch = 4, Dim = 8, Depth = 2, Heads = 2 },
            "cnn" => new CnnSpec { Channels = 2, Hidden = 8 },
            _ => new MlpSpec { Hidden = 8 },
        };
        var whole = CompleteKeeping("whole", _jobs.Pretraining(architecture), step);
        var run = _jobs.Run("whole", _jobs.Pretraining(architecture)) with { WorkFolder = _folder.Folder("resumed"), Checkpoint = _folder["kept"] };
        var resumed = Assert.IsType<JobOutcome.Completed>(JobRunner.Run(run));
        Assert.Equal(TinyJobs.Files(_jobs.Output("whole")), TinyJobs.Files(_jobs.Output("resumed")));
        Assert.Equal(whole.LossCurve, resumed.LossCurve);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.False(resumed.ResumedElsewhere);
    }

    [Fact]
    public void Run_StoppedAgainAndAgain_EndsInTheSameBytes()
    {
        _jobs.Complete("whole", _jobs.RewardTuning(), ("source", "source"));
        string? checkpoint = null;
        int tries = 0;
        while (true)
        {
            tries++;
            using var stop = new CancellationTokenSource();
            int reports = 0;
            var outcome = JobRunner.Run(_jobs.Run("whole", _jobs.RewardTuning(), ("source", "source")) with
            {
                WorkFolder = _folder.Folder("stopped"),
                Checkpoint = checkpoint,
                Stop = stop.Token,
                OnProgress = _ => { if (++reports == 5) stop.Cancel(); },
            });
            if (outcome is JobOutcome.Completed) break;
            checkpoint = Assert.IsType<JobOutcome.Stopped>(outcome).Checkpoint;
        }

        Assert.Equal(4, tries);
        Assert.Equal(TinyJobs.Files(_jobs.Output("whole")), TinyJobs.Files(_jobs.Output("stopped")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void Run_ProcessKilledAfterAStep_EndsInTheSameBytes(long step)
    {
        var spec = _jobs.Pretraining() with { Recipe = TinyJobs.Recipe with { CheckpointEverySteps = 1 } };
        _jobs.Complete("whole", spec);
        var run = _jobs.Run("whole", spec) with { WorkFolder = _folder.Folder("killed") };
        TrainingProcess.KillAfter(run, step);

        string last = Directory.GetFiles(run.WorkFolder, "checkpoint-*.safetensors").OrderByDescending(StepOf).First();
        Assert.True(StepOf(last) >= step);
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(run with { Checkpoint = last }));
        Assert.Equal(TinyJobs.Files(_jobs.Output("whole")), TinyJobs.Files(_jobs.Output("killed")));
    }

    private static long StepOf(string checkpoint) => long.Parse(Path.GetFileNameWithoutExtension(checkpoint).Split('-')[1]);

    private JobOutcome.Completed CompleteKeeping(string name, JobSpec spec, long step) =>
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(_jobs.Run(name, spec) with
        {
            OnCheckpoint = (file, at) => { if (at == step) File.Copy(file, _folder["kept"]); },
        }));
}
