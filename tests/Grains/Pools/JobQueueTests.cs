using Ptune.Grains.Pools;

namespace Ptune.Grains.Tests.Pools;

public sealed class JobQueueTests
{
    [Fact]
    public void Put_AgainWithAnotherPriority_MovesIt()
    {
        var queue = new JobQueue();
        queue.Put(Queued.Job("1", priority: 1));
        queue.Put(Queued.Job("2", priority: 2));
        queue.Put(Queued.Job("1", priority: 3));
        Assert.Equal(["1", "2"], queue.InOrder.Select(e => e.Job.JobId));
        Assert.Equal(2, queue.Count);
    }

    [Fact]
    public void Remove_Unknown_IsFalse()
    {
        var queue = new JobQueue();
        queue.Put(Queued.Job("1"));
        Assert.True(queue.Remove("1"));
        Assert.False(queue.Remove("1"));
        Assert.Empty(queue.InOrder);
    }
}
