using CsCheck;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Tests.Pools.Selection;

/// <summary>Small jobs use memory that a big one cannot use yet, but not for ever.</summary>
public sealed class BackfillTests
{
    private const int Bound = 3;

    [Fact]
    public void Take_BigHeadAndAStreamOfSmallOnes_PassesItNoMoreThanTheBound()
    {
        var pool = Pool().Fill(Small("running"));
        Assert.Equal("running", Take(pool)!.JobId);
        pool.Enqueue(Queued.Job("big", second: 1) with { Needs = Queued.Memory(8) });
        for (var i = 0; i < Bound; i++)
        {
            // Always one small job runs when the next comes: the big one never finds the worker empty.
            pool.Enqueue(Small($"small{i}", 2 + i));
            Assert.Equal($"small{i}", Take(pool)!.JobId);
            pool.Remove(i == 0 ? "running" : $"small{i - 1}", Sample.Noon);
        }
        pool.Enqueue(Small("late", 99));
        Assert.Null(Take(pool));
        pool.Remove($"small{Bound - 1}", Sample.Noon);
        Assert.Equal("big", Take(pool)!.JobId);
        Assert.Null(Take(pool));
        pool.Remove("big", Sample.Noon);
        Assert.Equal("late", Take(pool)!.JobId);
    }

    [Fact]
    public void Take_WorkerKeptForABigJob_HigherPrioritiesGoOn()
    {
        var pool = Pool(bound: 0).Fill(Small("running"));
        Take(pool);
        pool.Fill(Queued.Job("big", second: 1) with { Needs = Queued.Memory(8) }, Small("small", 2));
        Assert.Null(Take(pool));
        pool.Enqueue(Queued.Job("urgent", 900) with { Needs = Queued.Memory(1) });
        Assert.Equal("urgent", Take(pool)!.JobId);
    }

    [Fact]
    public void Take_WorkerThatCouldNeverHoldTheBigJob_IsNotKept()
    {
        var pool = Pool(bound: 0).Fill(Queued.Job("big") with { Needs = Queued.Memory(16) }, Small("small", 1));
        Assert.Equal("small", Take(pool)!.JobId);
    }

    [Fact]
    public void Take_AnyLoad_MemoryIsNeverOverbookedAndEveryoneStarts() => Gen.Select(Gen.Int[1, 8].Array[1, 30], Gen.Int).Sample((sizes, seed) =>
    {
        var random = new Random(seed);
        var pool = Pool().Fill(sizes.Select((size, i) => Queued.Job($"{i:00}", second: i) with { Needs = Queued.Memory(size) }));
        var running = new List<QueuedJob>();
        var started = 0;
        for (var step = 0; started < sizes.Length; step++)
        {
            Assert.True(step < 1000, "somebody starves");
            if (Take(pool) is { } job)
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
            Assert.InRange(running.Sum(j => j.Needs!.MemoryGiB!.Value), 0, 8);
        }
    });

    private static Grains.Pools.PoolScheduler Pool(int bound = Bound) => Queued.Pool(o => o.BackfillOvertakes = bound);

    private static QueuedJob Small(string id, int second = 0) => Queued.Job(id, second: second) with { Needs = Queued.Memory(4) };

    private static QueuedJob? Take(Grains.Pools.PoolScheduler pool) => pool.Take(Queued.Ask(memory: 8), Sample.Noon);
}
