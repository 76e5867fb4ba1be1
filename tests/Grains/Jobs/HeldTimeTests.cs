using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>The device time that a job owes to its tenant's account.</summary>
public sealed class HeldTimeTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("succeeds")]
    [InlineData("fails")]
    [InlineData("is returned")]
    [InlineData("is cancelled")]
    [InlineData("is suspended")]
    [InlineData("is preempted")]
    [InlineData("is lost")]
    public void Attempt_Ended_IsOwedFromItsLeaseToItsEnd(string how)
    {
        var job = JobDriver.At("Queued");
        var before = Owed(job).Length;
        job.Next();
        job.Beat(step: 1, epoch: 2);
        Assert.Equal(before, Owed(job).Length);
        job.Now += _hour;
        End(job, how, epoch: 2);

        Assert.False(job.State!.Status.IsHeld);
        Assert.Null(job.State.LeaseBegan);
        var row = Owed(job)[^1];
        Assert.Equal((job.Id, 2, _hour), (row.JobId, row.Epoch, row.Held));
        Assert.Equal(before + 1, Owed(job).Length);
    }

    [Fact]
    public void Attempts_NoneToldYet_AreAllOwed()
    {
        var job = JobDriver.At("None");
        job.Submit("ann");
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            job.Next();
            job.Now += epoch * _hour;
            if (epoch < 3) job.Release(epoch);
            else job.Complete(epoch);
        }
        Assert.Equal([(1, _hour), (2, 2 * _hour), (3, 3 * _hour)], Owed(job).Select(r => (r.Epoch, r.Held)));
        // Whoever reads a final row may rely on the sum.
        var effects = job.State!.Outbox.Pending.Select(e => e.Kind).ToList();
        Assert.True(effects.LastIndexOf(JobEffects.DeviceTime) < effects.IndexOf(JobEffects.Row));
    }

    [Fact]
    public void Complete_OfAStaleAttempt_OwesNothing()
    {
        var job = JobDriver.At("Queued");
        var before = Owed(job);
        job.Now += _hour;
        Assert.Equal(AttemptReply.Fenced, job.Complete(epoch: 1));
        Assert.Equal(before, Owed(job));
        job.Next();
        job.Complete(epoch: 2);
        job.Now += _hour;
        var after = Owed(job);
        Assert.Equal(AttemptReply.Accepted, job.Complete(epoch: 2));
        Assert.Equal(after, Owed(job));
    }

    [Fact]
    public void Lease_NeverDelivered_OwesNothing()
    {
        var job = JobDriver.At("None");
        job.Submit("ann");
        var slot = new SlotRequest("slot", 1, 0);
        Assert.NotNull(job.Lease(slot: slot).Lease);
        job.Now += _hour;
        Assert.Equal(AttemptReply.Accepted, job.Release(undelivered: slot));
        Assert.Empty(Owed(job));
    }

    [Fact]
    public void Awake_LeaseOfAnEarlierVersion_CountsFromItsBeginning()
    {
        var job = JobDriver.At("Running");
        var state = JobMachine.Awake(job.State! with { LeaseBegan = null }, JobDriver.Rules, job.Now + _hour);
        Assert.Equal(job.State!.LeaseBegan, state.LeaseBegan);
        Assert.NotNull(state.LeaseBegan);
    }

    [Fact]
    public void Of_AttemptOverTheTurnOfMonths_IsARowForEach()
    {
        var began = new DateTimeOffset(2026, 11, 30, 22, 0, 0, TimeSpan.Zero);
        var rows = DeviceTimeRow.Of("red.0", 4, began, began.AddDays(34).AddHours(1)).ToArray();
        Assert.Equal([(new DateOnly(2026, 11, 1), 2.0), (new DateOnly(2026, 12, 1), 31 * 24), (new DateOnly(2027, 1, 1), 71)], rows.Select(r => (r.Month, r.Held.TotalHours)));
        Assert.All(rows, row => Assert.Equal(("red.0", 4, began), (row.JobId, row.Epoch, row.Began)));
        Assert.Empty(DeviceTimeRow.Of("red.0", 4, began, began));
        Assert.Empty(DeviceTimeRow.Of("red.0", 4, began, began.AddHours(-1)));
    }

    [Fact]
    public void MonthOf_TimeElsewhere_IsTheMonthInUtc() =>
        Assert.Equal(new DateOnly(2026, 11, 1), DeviceTimeRow.MonthOf(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.FromHours(2))));

    private static void End(JobDriver job, string how, long epoch)
    {
        switch (how)
        {
            case "succeeds":
                job.Complete(epoch);
                break;
            case "fails":
                job.Fail(FailureCause.Crash, epoch);
                break;
            case "is returned":
                job.Release(epoch);
                break;
            case "is cancelled":
                job.Cancel(null);
                job.Release(epoch);
                break;
            case "is suspended":
                job.Suspend();
                job.Release(epoch);
                break;
            case "is preempted":
                job.Preempt();
                job.Release(epoch);
                break;
            default:
                job.Sweep();
                break;
        }
    }

    private static DeviceTimeRow[] Owed(JobDriver job) =>
        [.. job.State!.Outbox.Pending.Where(e => e.Kind == JobEffects.DeviceTime).SelectMany(e => HeldTime.Rows(job.Id, e.Target))];
}
