using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Pools.Index;

/// <summary>
/// A job in a pool's queue. There may be a million: what it shares with others (tenant, priority, needs) stands in its lane, and times are ticks.
/// </summary>
internal sealed class QueueEntry(string jobId, long created, long notBefore, string[] models, Lane lane)
{
    public string JobId => jobId;

    /// <summary>UTC ticks.</summary>
    public long Created => created;

    /// <summary>UTC ticks; 0: it is ready.</summary>
    public long NotBefore => notBefore;

    public string[] Models => models;

    public Lane Lane => lane;

    /// <summary>How many times an equal that came later went first, for the sake of warm models.</summary>
    public int Overtaken { get; set; }

    /// <summary>How many times a job behind it took memory that it waits for.</summary>
    public int Passed { get; set; }

    /// <summary>The same job as the contract has it.</summary>
    public QueuedJob ToJob() => new(
        jobId, lane.Account.Name, lane.Priority, Time(created), models, notBefore == 0 ? null : Time(notBefore), lane.Shape.Excluded, lane.Shape.Needs,
        lane.Shape.EstimatedGiB);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
