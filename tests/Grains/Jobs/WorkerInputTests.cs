using System.Text.Json;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>Whatever a worker says, the job's state can be stored, and only the attempt that holds the lease moves it.</summary>
public sealed class WorkerInputTests
{
    private static readonly double[] s_figures = [0, -1, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon];
    private static readonly long[] s_numbers = [0, 1, 2, -1, long.MinValue, long.MaxValue, 7];
    private static readonly string[] s_texts = ["", "w", " ", "\0", "\ud800", "../../x", new('x', 200_000), "{\"a\":1}", "null", "\u202e\n\r"];

    [Fact]
    public void Job_FuzzedWords_IsAlwaysStorable()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            JobState? state = JobDriver.At("Running").State;
            for (var i = 0; i < 40; i++)
            {
                var before = state;
                var next = Say(random, state);
                if (next is null || ReferenceEquals(next, state)) continue;
                state = next;
                var json = JsonSerializer.Serialize(state, SpecJson.Options);
                Assert.True(json.Length < 2_000_000, $"seed {seed}: the state has {json.Length} characters");
                Assert.NotNull(JsonSerializer.Deserialize<JobState>(json, SpecJson.Options));
                Assert.Equal(before!.Epoch, state.Epoch);
                JsonSerializer.Serialize(JobMachine.View(state), SpecJson.Options);
            }
        }
    }

    [Fact]
    public void Heartbeat_ProgressThatIsNoNumber_KeepsWhatIs()
    {
        var beat = WorkerInput.Clean(new Heartbeat("w", 1, new JobProgress(-5, 10, double.NaN, double.PositiveInfinity), new StoredCheckpoint("b", "d", 1, -1, 1)));

        Assert.Equal(new JobProgress(0, 10, null, 0), beat.Progress);
        Assert.Null(beat.Checkpoint);
    }

    [Fact]
    public void Heartbeat_ALongNote_IsCutAndNoneStaysNone()
    {
        var note = WorkerInput.Clean(new Heartbeat("w", 1, null, null, new string('x', 200_000))).Note;

        Assert.Equal(new string('x', WorkerInput.LongestText) + "...", note);
        Assert.Null(WorkerInput.Clean(new Heartbeat("w", 1, null, null)).Note);
        Assert.Equal("short", WorkerInput.Clean(new Heartbeat("w", 1, null, null, "short")).Note);
    }

    [Fact]
    public void Complete_AFigureThatIsNoNumber_NamesIt()
    {
        var result = Sample.Result("x") with { Metrics = new() { ["accuracy"] = double.NaN } };

        var refused = Assert.Throws<ArgumentException>(() => WorkerInput.Check(new AttemptCompletion("w", 1, result)));

        Assert.Contains("'accuracy' is NaN", refused.Message, StringComparison.Ordinal);
    }

    private static FailureDetails? Details(Random random) => random.Next(3) == 0
        ? null
        : new(Pick(random, s_numbers), random.Next(), Pick(random, s_texts), random.Next(5) == 0 ? null! : [.. Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(9) == 0 ? null! : Pick(random, s_texts))]);

    private static JobState? Say(Random random, JobState? state)
    {
        var (worker, epoch) = random.Next(3) > 0 ? (state?.Worker ?? "w", state?.Epoch ?? 1) : (Pick(random, s_texts), Pick(random, s_numbers));
        var now = Sample.Noon.AddSeconds(random.Next(100));
        var checkpoint = random.Next(2) == 0 ? null : new StoredCheckpoint(Pick(random, s_texts), Pick(random, s_texts), Pick(random, s_numbers), Pick(random, s_numbers), Pick(random, s_numbers));
        var progress = random.Next(4) == 0 ? null : new JobProgress(Pick(random, s_numbers), Pick(random, s_numbers), Pick(random, s_figures), Pick(random, s_figures));
        try
        {
            return random.Next(4) switch
            {
                0 => JobMachine.Heartbeat(state, WorkerInput.Clean(new Heartbeat(worker, epoch, progress, checkpoint, random.Next(4) == 0 ? Pick(random, s_texts) : null)), JobDriver.Rules, now).State,
                1 => JobMachine.Fail(state, WorkerInput.Clean(new AttemptFailure(worker, epoch, (FailureCause)random.Next(-2, 12), Pick(random, s_texts), null, Details(random))), JobDriver.Rules, now).State,
                2 => JobMachine.Release(state, WorkerInput.Clean(new AttemptRelease(worker, epoch, checkpoint, Pick(random, s_texts))), JobDriver.Rules, now).State,
                _ => JobMachine.Complete(state, WorkerInput.Check(new AttemptCompletion(worker, epoch, Result(random))), JobDriver.Rules, now).State,
            };
        }
        catch (ArgumentException)
        {
            // Refused, in words.
            return state;
        }
    }

    private static JobResult Result(Random random) => Sample.Result("made") with
    {
        Artifact = random.Next(2) == 0 ? Sample.Digest("made") : Pick(random, s_texts),
        Metrics = new() { ["m"] = Pick(random, s_figures) },
        Seconds = Pick(random, s_figures),
        Curve = [new LossPoint(Pick(random, s_numbers), Pick(random, s_figures))],
    };

    private static T Pick<T>(Random random, T[] among) => among[random.Next(among.Length)];
}
