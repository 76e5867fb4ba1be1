using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools;

/// <summary>Queued jobs and workers for tests of the policies.</summary>
internal static class Queued
{
    public static Gen<QueuedJob[]> Some { get; } =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.String[Gen.Char['a', 'c'], 0, 2])
            .Array[0, 40]
            .Select(jobs => jobs.Select((j, i) => Job($"{i:00}", j.Item1, j.Item2, [.. j.Item3.Select(c => c.ToString())])).ToArray());

    public static QueuedJob Job(string id, int priority = 100, int second = 0, params string[] models) =>
        new(id, "default", priority, Sample.Noon.AddSeconds(second), models);

    public static Candidate Worker(params string[] warm) => new(new AcquireRequest("w", "cpu", warm), WorkerOrder.Work);
}
