using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools;

public sealed class ChoiceTests
{
    private const int Window = 4;
    private const int Overtakes = 3;

    [Fact]
    public void Pick_ColdWorker_DrainsByPriorityThenArrivalThenId() => Queued.Some.Sample(jobs =>
        Assert.Equal(jobs.OrderByDescending(j => j.Priority).ThenBy(j => j.Created).ThenBy(j => j.JobId, StringComparer.Ordinal), Drain(jobs).Select(e => e.Job)));

    [Fact]
    public void Pick_WarmWorker_NeverCrossesAPriority() => Queued.Some.Sample(jobs =>
    {
        var priorities = Drain(jobs, "a", "b").Select(e => e.Job.Priority).ToArray();
        Assert.Equal(priorities.OrderDescending(), priorities);
    });

    [Fact]
    public void Pick_WarmWorker_OvertakesNoJobMoreThanAllowed() => Queued.Some.Sample(jobs =>
        Assert.All(Drain(jobs, "a"), entry => Assert.InRange(entry.Overtaken, 0, Overtakes)));

    [Fact]
    public void Pick_WarmWorker_LosesAndDoublesNone() => Queued.Some.Sample(jobs =>
        Assert.Equal(jobs.Select(j => j.JobId).Order(), Drain(jobs, "b").Select(e => e.Job.JobId).Order()));

    [Fact]
    public void Pick_EqualsOneWarm_PrefersIt()
    {
        var queue = Fill(Queued.Job("1", second: 1, models: "cold"), Queued.Job("2", second: 2, models: "hot"));
        Assert.Equal("2", new Choice(Window, Overtakes).Pick(queue.InOrder, Queued.Worker("hot"))!.Entry.Job.JobId);
    }

    [Fact]
    public void Pick_WarmJobOutsideTheWindow_IsNotSeen()
    {
        var queue = Fill([.. Enumerable.Range(0, Window + 1).Select(i => Queued.Job($"{i}", second: i, models: i == Window ? "hot" : "cold"))]);
        Assert.Equal("0", new Choice(Window, Overtakes).Pick(queue.InOrder, Queued.Worker("hot"))!.Entry.Job.JobId);
    }

    [Fact]
    public void Pick_DrainingWorker_GetsNothing() =>
        Assert.Null(new Choice(Window, Overtakes).Pick(Fill(Queued.Job("1")).InOrder, Queued.Worker() with { Order = WorkerOrder.Drain }));

    [Fact]
    public void Pick_EmptyQueue_IsNull() => Assert.Null(new Choice(Window, Overtakes).Pick([], Queued.Worker()));

    private static List<QueueEntry> Drain(QueuedJob[] jobs, params string[] warm)
    {
        var queue = Fill(jobs);
        var choice = new Choice(Window, Overtakes);
        var order = new List<QueueEntry>();
        while (choice.Pick(queue.InOrder, Queued.Worker(warm)) is { } chosen)
        {
            queue.Take(chosen);
            order.Add(chosen.Entry);
        }
        Assert.Equal(0, queue.Count);
        return order;
    }

    private static JobQueue Fill(params QueuedJob[] jobs)
    {
        var queue = new JobQueue();
        foreach (var job in jobs) queue.Put(job);
        return queue;
    }
}
