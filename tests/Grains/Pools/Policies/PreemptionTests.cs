using CsCheck;
using Ptune.Contracts.Specs;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Tests.Pools.Policies;

public sealed class PreemptionTests
{
    private const int Gap = 100;
    private static readonly DateTimeOffset _now = Sample.Noon.AddHours(5);
    private static readonly Preemption _policy = new(Gap, new Ageing(TimeSpan.FromMinutes(10), 10, 100));
    private static readonly Account _account = new("default", new TenantOptions());

    private static readonly Gen<RunningJob> _job = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 240], Gen.Int[0, 240], Gen.Bool, Gen.Int[0, 9]).Select(j =>
        Running($"j{j.Item5}", j.Item1 * 50, minute: j.Item2, saved: j.Item3 > j.Item2 ? j.Item3 : null, isStopping: j.Item4));

    [Fact]
    public void Victim_AnyRunningJobs_LosesLeastAndIsLowerByTheGap() => Gen.Select(_job.Array[0, 8], Gen.Int[0, 6]).Sample((jobs, level) =>
    {
        var priority = level * 50;
        var victim = _policy.Victim(Waiting(priority), jobs.Select(j => (j, Queued.Worker())), _now);
        var eligible = jobs.Where(j => !j.IsStopping && j.Priority <= priority - Gap).ToArray();
        if (eligible.Length == 0)
        {
            Assert.Null(victim);
            return;
        }
        Assert.Contains(victim, eligible);
        Assert.Equal(eligible.Min(j => j.Unsaved(_now)), victim!.Unsaved(_now));
    });

    [Fact]
    public void Victim_CheckpointJustWritten_GoesBeforeOneThatBeganLater()
    {
        var saved = Running("saved", 0, minute: 0, saved: 299);
        var young = Running("young", 0, minute: 290);
        Assert.Same(saved, _policy.Victim(Waiting(100), [(young, Queued.Worker()), (saved, Queued.Worker())], _now));
    }

    [Fact]
    public void Victim_PlaceThatWouldNotDo_IsLeftAlone()
    {
        var job = Running("a", 0);
        Assert.Null(_policy.Victim(Waiting(900, Queued.Shape(DeviceKind.Cuda)), [(job, Queued.Worker())], _now));
        Assert.Null(_policy.Victim(Waiting(900, Queued.Shape(memory: 8)), [(job, Queued.Worker(memory: 8, used: 4))], _now));
        job.MemoryGiB = 4;
        Assert.Same(job, _policy.Victim(Waiting(900, Queued.Shape(memory: 8)), [(job, Queued.Worker(memory: 8, used: 4))], _now));
    }

    [Fact]
    public void Victim_OlderJobThatWouldGoFirstAgain_IsLeftAlone()
    {
        // In the queue it would count 100 more for its age, and take its place back.
        var old = new RunningJob("old", _account, 100, _now.AddDays(-1).UtcTicks, 0, Sample.Noon);
        Assert.Null(_policy.Victim(Waiting(200), [(old, Queued.Worker())], _now));
        Assert.Same(old, _policy.Victim(Waiting(201), [(old, Queued.Worker())], _now));
    }

    private static QueueEntry Waiting(int priority, Shape? shape = null) => new("waiting", _now.UtcTicks, 0, [], new Lane(priority, _account, shape ?? Shape.Any));

    private static RunningJob Running(string id, int priority, int minute = 0, int? saved = null, bool isStopping = false)
    {
        var job = new RunningJob(id, _account, priority, _now.UtcTicks, 0, Sample.Noon.AddMinutes(minute)) { IsStopping = isStopping };
        if (saved is { } at) job.Hear(Sample.Noon.AddMinutes(minute), "blob", Sample.Noon.AddMinutes(at));
        return job;
    }
}
