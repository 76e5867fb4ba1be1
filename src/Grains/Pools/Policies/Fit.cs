using System.Globalization;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Pools.Policies;

/// <summary>Hard constraints: what a worker may not be given, however long the queue is.</summary>
internal static class Fit
{
    // Sums of decimal fractions are not exact.
    private const double Tolerance = 1e-9;

    /// <summary>What keeps such jobs from this worker even when nothing runs on it; null when nothing does.</summary>
    public static Obstacle? Obstacle(Shape shape, Candidate worker)
    {
        var id = worker.Seat.WorkerId;
        if (shape.Needs is { } needs)
        {
            if (needs.Device is { } device && device != worker.Device)
                return Missing($"it needs {Lower(device)}, but {id} has {worker.Seat.Device}");
            if (needs.MemoryGiB is { } memory && worker.MemoryGiB is null)
                return Missing($"it needs {Gib(memory)}, but {id} does not report its memory (set Worker:MemoryGiB)");
            if (needs.MemoryGiB is { } much && much > worker.MemoryGiB!.Value + Tolerance)
                return Missing($"it needs {Gib(much)}, but {id} has {Gib(worker.MemoryGiB.Value)}");
            foreach (var (label, value) in needs.Labels)
            {
                if (!worker.Labels.TryGetValue(label, out var found)) return Missing($"it needs the label {label}={value}, but {id} has no {label}");
                if (found != value) return Missing($"it needs the label {label}={value}, but {id} has {label}={found}");
            }
        }
        if (shape.Excluded is { } excluded && Array.IndexOf(excluded, id) >= 0)
            return new(WaitRule.Excluded, $"it failed on {id} in a way that a retry there would repeat");
        return worker.Order == WorkerOrder.Drain ? new(WaitRule.Drained, $"{id} is draining and takes no new work") : null;
    }

    /// <summary>
    /// Whether the memory that such jobs take is free now. What a spec asks for has to be there. An estimate may be wrong, so it keeps a job from no worker for good: a worker that
    /// does not report its memory is taken to have enough, and one that has less than the estimate is given the job when nothing else runs on it.
    /// </summary>
    public static bool HasRoom(Shape shape, Candidate worker) =>
        shape.Memory == 0 || Taken(shape, worker) is not { } taken || worker.UsedGiB + taken <= worker.MemoryGiB.GetValueOrDefault() + Tolerance;

    /// <summary>What such a job takes of this worker's memory, in GiB; null: that cannot be told.</summary>
    public static double? Taken(Shape shape, Candidate worker) =>
        shape.EstimatedGiB is not { } estimate ? shape.Memory : worker.MemoryGiB is { } total ? Math.Min(estimate, total) : null;

    private static Obstacle Missing(string words) => new(WaitRule.Needs, words);

    private static string Gib(double memory) => memory.ToString("0.###", CultureInfo.InvariantCulture) + " GiB";

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
