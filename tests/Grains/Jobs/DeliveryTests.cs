using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>To which request of a slot a lease was granted, and what later ones prove.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public void Lease_SlotHasNotReceivedIt_GetsTheSameAttemptWithAWholeLease()
    {
        var job = Leased(request: 3);
        job.Now += TimeSpan.FromSeconds(20);
        var again = job.Lease(slot: Request(4)).Lease;
        Assert.Equal((1L, job.Now + JobDriver.Rules.LeaseDuration), (again!.Epoch, job.State!.LeaseExpires));
        Assert.Contains("had not received the lease", job.State.Timeline[^1].Why, StringComparison.Ordinal);
        Assert.Equal(HeartbeatReply.Continue, job.Beat(1));
    }

    [Fact]
    public void Lease_SameRequestArrivesTwice_BothAnswersBringTheSameAttempt() => Assert.Equal(1, Leased(request: 3).Lease(slot: Request(3)).Lease!.Epoch);

    [Theory]
    [InlineData("another slot", 4, 0)]
    [InlineData("slot", 2, 0)]
    [InlineData("slot", 4, 3)]
    [InlineData("slot", 5, 4)]
    public void Lease_RequestDoesNotProveThatItWasLost_IsRefused(string slot, long number, long received)
    {
        var job = Leased(request: 3);
        var before = job.State;
        Assert.NotNull(job.Lease(slot: new SlotRequest(slot, number, received)).Denied);
        Assert.Same(before, job.State);
    }

    /// <summary>The answer to the first copy may be on its way: the worker may run it.</summary>
    [Fact]
    public void Lease_SameRequestArrivesTwiceOfOneThatIsToStop_IsRefusedAndNotTakenBack()
    {
        var job = Leased(request: 3);
        job.Suspend();
        var before = job.State;
        Assert.NotNull(job.Lease(slot: Request(3)).Denied);
        Assert.Same(before, job.State);
    }

    /// <summary>One request arrived twice, at two activations of the pool, and each granted a job.</summary>
    [Theory]
    [InlineData("it", 2, false)]
    [InlineData("it", 1, true)]
    [InlineData("another", 2, true)]
    [InlineData(null, null, false)]
    public void HasNot_SlotReceivedALeaseForThatRequest_HoldsTheOneThatItNames(string? received, int? epoch, bool hasNot)
    {
        var next = new SlotRequest("slot", 4, Received: 3, received, epoch);
        Assert.Equal(hasNot, next.HasNot(Request(3), "it", 2));
        Assert.False(next.HasMissed(Request(3)));
    }

    [Fact]
    public void Lease_OfAnotherWorkerUnderTheSameSlot_IsRefused() => Assert.NotNull(Leased(request: 3).Lease("w2", Request(4)).Denied);

    [Fact]
    public void Lease_WorkerWasHeardOf_IsRefused()
    {
        var job = Leased(request: 3);
        job.Beat(1);
        Assert.NotNull(job.Lease(slot: Request(4)).Denied);
    }

    /// <summary>The call broke, the job was asked once more, ended its attempt and is queued again: then the first call arrives.</summary>
    [Fact]
    public void Lease_EarlierRequestArrivesLate_IsRefusedThoughTheJobIsQueued()
    {
        var job = Leased(request: 4);
        job.Release();
        Assert.Equal(JobStatus.Queued, job.State!.Status);
        Assert.NotNull(job.Lease(slot: Request(3)).Denied);
        Assert.Equal(2, job.Lease(slot: Request(5, received: 4)).Lease!.Epoch);
    }

    [Theory]
    [InlineData("Leased", "Queued")]
    [InlineData("Cancelling", "Cancelled")]
    [InlineData("Suspending", "Suspended")]
    public void Release_Undelivered_EndsTheAttemptWithoutAFailure(string status, string next)
    {
        var job = Leased(request: 3);
        if (status == "Cancelling") job.Cancel(null);
        if (status == "Suspending") job.Suspend();
        Assert.Equal(status, job.State!.Status.ToString());
        Assert.Equal(AttemptReply.Fenced, job.Release(undelivered: Request(2)));
        Assert.Equal(AttemptReply.Accepted, job.Release(undelivered: Request(3)));
        Assert.Equal((next, 0), (job.State.Status.ToString(), job.State.Failures));
    }

    [Fact]
    public void Release_UndeliveredButTheWorkerWasHeardOf_IsFenced()
    {
        var job = Leased(request: 3);
        job.Beat(1);
        Assert.Equal(AttemptReply.Fenced, job.Release(undelivered: Request(3)));
        Assert.Equal(JobStatus.Running, job.State!.Status);
    }

    [Fact]
    public void Submit_WhileCancellingAndNeverHeardOf_IsLeasedAndCanBeDelivered()
    {
        var job = Leased(request: 3);
        job.Cancel(null);
        Assert.Equal(JobStatus.Leased, job.Submit("bob").Status);
        Assert.Equal(1, job.Lease(slot: Request(4)).Lease!.Epoch);
    }

    private static SlotRequest Request(long number, long received = 0) => new("slot", number, received);

    private static JobDriver Leased(long request)
    {
        var job = new JobDriver();
        job.Submit("ann");
        Assert.Equal(1, job.Lease(slot: Request(request)).Lease!.Epoch);
        return job;
    }
}
