using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Simulation.Tests.People;

/// <summary>
/// One attempt as a worker makes it: heartbeats beside the work, counted on its own clock from before the call that renewed the lease; a checkpoint
/// every other step; a last word that is said until it is answered, for as long as a lease lasts.
/// </summary>
internal sealed class Attempt(Worker worker, Lease lease, double since)
{
    private const int Steps = 4;
    private readonly string _name = World.Attempt(lease.JobId, worker.Name, lease.Epoch);
    private double _expires = since + lease.Duration.TotalSeconds;
    private StoredCheckpoint? _checkpoint;
    private StoredCheckpoint? _last;
    private long _step = lease.Checkpoint?.Step ?? 0;
    private bool _isOver;
    private bool _isGone;
    private bool _isToStop;

    private IJobGrain Job => worker.Grains.GetGrain<IJobGrain>(lease.JobId);

    private Machines.Chaos Chaos => worker.World.Chaos;

    public async Task RunAsync()
    {
        _ = BeatAsync();
        while (_step < Steps && !_isGone && !_isToStop)
        {
            await PauseAsync(Chaos.Between(0.5, 3));
            _step++;
            if (_step % 2 == 0) _checkpoint = _last = new StoredCheckpoint(_name, "digest", 1, _step, lease.Epoch);
        }
        _isOver = true;
        if (_isGone) return;
        if (_isToStop) await SayAsync(() => Job.Release(new AttemptRelease(worker.Name, lease.Epoch, _last, "it was told to stop")));
        else if (Chaos.Strikes(0.1)) await FailAsync();
        else await SayAsync(() => Job.Complete(new AttemptCompletion(worker.Name, lease.Epoch, Result())));
    }

    private async Task BeatAsync()
    {
        while (!_isOver && !_isGone)
        {
            await PauseAsync(Math.Min(lease.Duration.TotalSeconds / 3, Math.Max(0.1, _expires - Chaos.Clock)));
            if (_isOver) return;
            _isGone |= Chaos.Clock >= _expires;
            if (!_isGone) await BeatOnceAsync();
        }
    }

    private async Task BeatOnceAsync()
    {
        var (sent, checkpoint) = (Chaos.Clock, _checkpoint);
        try
        {
            var reply = await Job.Heartbeat(new Heartbeat(worker.Name, lease.Epoch, new JobProgress(_step, Steps, 1, 1), checkpoint));
            _isGone |= reply == HeartbeatReply.Fenced;
            _isToStop |= reply is HeartbeatReply.Cancel or HeartbeatReply.Suspend;
            _expires = sent + lease.Duration.TotalSeconds;
            if (_checkpoint == checkpoint) _checkpoint = null;
        }
        catch (Exception)
        {
            // It is tried again until the lease has run out.
        }
    }

    private async Task FailAsync()
    {
        if (_last is { } last) await SayAsync(() => Job.Heartbeat(new Heartbeat(worker.Name, lease.Epoch, null, last)));
        await SayAsync(() => Job.Fail(new AttemptFailure(worker.Name, lease.Epoch, FailureCause.Crash, "it crashed")));
    }

    private async Task SayAsync<T>(Func<Task<T>> call)
    {
        for (var end = Chaos.Clock + lease.Duration.TotalSeconds; Chaos.Clock < end;)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception)
            {
                await PauseAsync(0.5);
            }
        }
    }

    private Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), worker.Time);

    // Each attempt makes bytes of its own here, so that two accepted results cannot be taken for one.
    private JobResult Result() => new()
    {
        Artifact = Digest.Of(_name),
        Metrics = lease.Spec is ScoringSpec or EvaluationSpec
            ? new() { [MetricNames.Accuracy] = Search.Figure(lease.JobId), [MetricNames.AccuracyPorted] = Search.Figure(lease.JobId) }
            : [],
        Measurements = [],
        Curve = [],
        Environment = new ExecutionEnvironment("cpu", 1, "p", "t", "r", "o"),
        Seconds = 1,
        Kind = lease.Spec switch
        {
            PretrainingSpec or FineTuningSpec => ArtifactKind.Model,
            RewardTuningSpec => ArtifactKind.Reward,
            ScoringSpec => ArtifactKind.Scores,
            _ => ArtifactKind.Evaluation,
        },
        Attributes = new() { ["attempt"] = _name },
    };
}
