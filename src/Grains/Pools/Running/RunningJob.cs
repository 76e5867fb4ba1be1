using Ptune.Contracts.Jobs;
using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Pools.Running;

/// <summary>A job in a worker's hands, as far as the pool has heard.</summary>
/// <param name="jobId">The job.</param>
/// <param name="account">Its tenant.</param>
/// <param name="priority">What was asked for.</param>
/// <param name="created">The job's creation, UTC ticks: back in the queue, it would be as old as that.</param>
/// <param name="memoryGiB">What it asked for, or is likely to take.</param>
/// <param name="since">Since when this attempt, as far as known.</param>
internal sealed class RunningJob(string jobId, Account account, int priority, long created, double memoryGiB, DateTimeOffset since)
{
    private string? _checkpoint;
    private DateTimeOffset _saved = since;

    public string JobId => jobId;

    public Account Account => account;

    public int Priority { get; set; } = priority;

    public long Created => created;

    /// <summary>What it asked for, or is likely to take.</summary>
    public double MemoryGiB { get; set; } = memoryGiB;

    /// <summary>Since when this attempt, as far as known.</summary>
    public DateTimeOffset Since { get; private set; } = since;

    /// <summary>When it was offered, or last said itself that it is held.</summary>
    public DateTimeOffset Heard { get; private set; } = since;

    /// <summary>Its result is only being stored: it has no seat any more, and none is to be made free by stopping it.</summary>
    public bool IsComputed { get; set; }

    /// <summary>Null until its worker is known, and when it needs none any more.</summary>
    public Seat? Seat { get; set; }

    /// <summary>Which permit of its tenant's quota it has; null: none, or not known. Only <see cref="RunningJobs"/> changes it.</summary>
    public int? Permit { get; set; }

    /// <summary>The slot's request that it was offered or granted to, while its worker may not have heard of it; null: the worker has, or does not count its requests.</summary>
    public SlotRequest? Undelivered { get; set; }

    /// <summary>It is being asked for a lease: until it answers, what it says of itself is older than what the pool does.</summary>
    public bool IsOffered { get; set; }

    /// <summary>It was asked to stop, by whomever.</summary>
    public bool IsStopping { get; set; }

    /// <summary>Work that would be lost if it ended now without another checkpoint.</summary>
    public TimeSpan Unsaved(DateTimeOffset now) => now - _saved;

    /// <summary>What the job itself reports: when its attempt began, and its newest checkpoint, taken as new when it is first seen.</summary>
    public void Hear(DateTimeOffset since, string? checkpoint, DateTimeOffset now)
    {
        Heard = now;
        if (since > Since) (Since, _saved) = (since, since);
        if (checkpoint is not null && checkpoint != _checkpoint) (_checkpoint, _saved) = (checkpoint, now);
    }
}
