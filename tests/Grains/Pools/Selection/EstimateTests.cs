using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools.Selection;

/// <summary>Memory that is only estimated is reserved where it can be, and keeps a job from no worker for good.</summary>
public sealed class EstimateTests
{
    [Theory]
    [InlineData(4, 8.0, 4, true)]
    [InlineData(4, 8.0, 5, false)]
    [InlineData(100, 8.0, 0, true)]
    [InlineData(100, 8.0, 0.5, false)]
    [InlineData(100, null, 7, true)]
    public void HasRoom_Estimate_IsCappedAtWhatTheWorkerHas(double estimate, double? memory, double used, bool expected)
    {
        var shape = Grains.Pools.Index.Shape.Of(null, null, estimate);
        var worker = Queued.Worker(memory: memory, used: used);
        Assert.Null(Fit.Obstacle(shape, worker));
        Assert.Equal(expected, Fit.HasRoom(shape, worker));
    }

    [Fact]
    public void Shape_MemoryIsGiven_TheEstimateDoesNotCount()
    {
        var given = Grains.Pools.Index.Shape.Of(Queued.Memory(2), null, 100);
        Assert.Equal(Grains.Pools.Index.Shape.Of(Queued.Memory(2), null), given);
        Assert.Equal(2, given.Memory);
        Assert.NotNull(Fit.Obstacle(given, Queued.Worker()));
        // Anything else that a spec asks for leaves the memory to the estimate.
        Assert.Equal(3, Grains.Pools.Index.Shape.Of(new Needs { Device = DeviceKind.Cpu }, null, 3).Memory);
    }

    [Fact]
    public void Take_EstimatesFillTheDevice_TheNextWaitsUntilOneEnds()
    {
        var pool = Queued.Pool().Fill(Estimated("1", 5), Estimated("2", 5, 1), Estimated("3", 100, 2));
        Assert.Equal("1", Take(pool));
        Assert.Null(Take(pool));
        Assert.Equal("2", Take(pool, worker: "other", memory: null));
        pool.Remove("1", Sample.Noon);
        // It is larger than any worker: alone, it runs.
        Assert.Equal("3", Take(pool));
        pool.Enqueue(Estimated("4", 0.125));
        Assert.Null(Take(pool));
    }

    [Fact]
    public void Take_JobThatAsksForMemory_FindsTakenWhatOthersAreEstimatedToNeed()
    {
        var pool = Queued.Pool().Fill(Estimated("estimated", 5), Queued.Job("asks", second: 1) with { Needs = Queued.Memory(4) });
        Assert.Equal("estimated", Take(pool));
        Assert.Null(Take(pool));
        pool.Hear(Queued.View("w", executors: 2, memory: 8, running: "estimated"), Sample.Noon);
        var wait = pool.Explain("asks", Sample.Noon)!;
        Assert.Equal((WaitRule.Busy, "it is next; it needs 4 GiB, but jobs on w have reserved 5 GiB of its 8 GiB"), (wait.Rule, wait.Why));
        pool.Remove("estimated", Sample.Noon);
        Assert.Equal("asks", Take(pool));
    }

    [Fact]
    public void Explain_EstimateWaitsForMemory_SaysThatItIsOne()
    {
        var pool = Queued.Pool(o => o.BackfillOvertakes = 0).Fill(Estimated("1", 5), Estimated("2", 100, 1));
        pool.Hear(Queued.View("w", executors: 2, memory: 8), Sample.Noon);
        Assert.Equal("1", Take(pool));
        Assert.Equal("it is next; it is estimated to need 100 GiB, but jobs on w have reserved 5 GiB of its 8 GiB", pool.Explain("2", Sample.Noon)!.Why);
        pool.Enqueue(Estimated("3", 1, 2));
        Assert.Null(Take(pool));
        Assert.Equal((WaitRule.Reserved, "w is reserved for it until 8 GiB are free there"), pool.Explain("2", Sample.Noon) is { } wait ? (wait.Rule, wait.Why) : default);
    }

    [Fact]
    public void Take_AnyEstimates_EveryoneStartsAndNoDeviceIsOverbooked() => Gen.Select(Gen.Int[1, 20].Array[1, 30], Gen.Int).Sample((sizes, seed) =>
    {
        var random = new Random(seed);
        var pool = Queued.Pool().Fill(sizes.Select((size, i) => Estimated($"{i:00}", size, i)));
        var running = new List<QueuedJob>();
        for (var (step, started) = (0, 0); started < sizes.Length; step++)
        {
            Assert.True(step < 1000, "somebody starves");
            if (pool.Take(Queued.Ask(memory: 8), Sample.Noon) is { } job)
            {
                running.Add(job);
                started++;
            }
            else
            {
                var ended = running[random.Next(running.Count)];
                running.Remove(ended);
                pool.Remove(ended.JobId, Sample.Noon);
            }
            Assert.True(running.Count == 1 || running.Sum(j => j.EstimatedGiB!.Value) <= 8);
        }
    });

    private static QueuedJob Estimated(string id, double gib, int second = 0) => Queued.Job(id, second: second) with { EstimatedGiB = gib };

    private static string? Take(PoolScheduler pool, string worker = "w", double? memory = 8) => pool.Take(Queued.Ask(worker, memory: memory), Sample.Noon)?.JobId;
}
