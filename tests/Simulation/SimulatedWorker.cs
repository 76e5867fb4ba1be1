using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Simulation.Tests;

/// <summary>A worker: it asks, works, beats, completes; it may die, or fall asleep with a lease in its hands and wake up long after.</summary>
internal sealed class SimulatedWorker(World world, string id)
{
    private const int Steps = 6;
    private Lease? _lease;
    private long _step;
    private double _heard;

    public void Live()
    {
        world.Chaos.After(Nap(), Live);
        if (world.Chaos.Strikes(0.02)) _lease = null;
        if (_lease is null) Ask();
        else if (_step < Steps) Beat(_lease);
        else Finish(_lease);
    }

    private double Nap() => world.Chaos.Strikes(0.05) ? world.Chaos.Between(20, 120) : world.Chaos.Between(2, 8);

    private void Ask() => world.Chaos.Send(() =>
    {
        var lease = world.Pool.Acquire(id);
        if (lease is not null) world.Chaos.Send(() => Take(lease));
    });

    private void Take(Lease lease)
    {
        if (_lease is not null) return;
        (_lease, _step, _heard) = (lease, lease.Checkpoint?.Step ?? 0, world.Chaos.Clock);
    }

    private void Beat(Lease lease)
    {
        // It stops when it could not renew its lease on its own clock; a sleeper looks at it only when it has woken.
        if (world.Chaos.Clock - _heard > 3 * lease.Duration.TotalSeconds) _lease = null;
        _step++;
        var checkpoint = _step % 2 == 0 ? new StoredCheckpoint("blob", "digest", 1, _step, lease.Epoch) : null;
        var beat = new Heartbeat(id, lease.Epoch, new JobProgress(_step, Steps, 1, 1), checkpoint);
        world.Jobs[lease.JobId].Call((s, now) => JobMachine.Heartbeat(s, beat, World.Rules, now), reply => Hear(lease, reply));
    }

    private void Hear(Lease lease, HeartbeatReply reply)
    {
        if (!ReferenceEquals(_lease, lease)) return;
        _heard = world.Chaos.Clock;
        if (reply == HeartbeatReply.Fenced) _lease = null;
        if (reply != HeartbeatReply.Cancel) return;
        var release = new AttemptRelease(id, lease.Epoch, null, "told to stop");
        world.Jobs[lease.JobId].Call((s, now) => JobMachine.Release(s, release, World.Rules, now), _ => Drop(lease));
    }

    private void Finish(Lease lease)
    {
        if (world.Chaos.Strikes(0.1))
        {
            var failure = new AttemptFailure(id, lease.Epoch, FailureCause.Crash, "it crashed");
            world.Jobs[lease.JobId].Call((s, now) => JobMachine.Fail(s, failure, World.Rules, now), _ => Drop(lease));
            return;
        }
        // Each attempt makes bytes of its own here, so that two accepted results cannot be taken for one.
        var completion = new AttemptCompletion(id, lease.Epoch, Result($"{lease.JobId}/{id}/{lease.Epoch}"));
        world.Jobs[lease.JobId].Call((s, now) => Complete(s, completion, now), _ => Drop(lease));
    }

    private Grains.Shell.Decision<JobState, AttemptReply> Complete(JobState? state, AttemptCompletion completion, DateTimeOffset now)
    {
        if (world.Protocol == Protocol.WithoutFence && state is { Status.IsHeld: true })
            completion = completion with { WorkerId = state.Worker!, Epoch = state.Epoch };
        return JobMachine.Complete(state, completion, World.Rules, now);
    }

    private void Drop(Lease lease)
    {
        if (ReferenceEquals(_lease, lease)) _lease = null;
    }

    private static JobResult Result(string content) => new()
    {
        Artifact = Digest.Of(content),
        Metrics = [],
        Measurements = new() { ["attempt"] = 0 },
        Curve = [],
        Environment = new ExecutionEnvironment("cpu", 1, "p", "t", "r", "o"),
        Seconds = 1,
        Kind = ArtifactKind.Evaluation,
        Attributes = new() { ["content"] = content },
    };
}
