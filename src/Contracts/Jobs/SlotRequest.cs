namespace Ptune.Contracts.Jobs;

/// <summary>
/// One request of a worker's slot for work. A lease is granted to a request: when the answer is lost, the slot's next request shows it, and the lease is delivered again or taken back.
/// </summary>
/// <param name="Slot">The slot, by an id that it shares with no other and with no other life of its worker.</param>
/// <param name="Number">Counts the slot's requests from 1. A slot makes one at a time and uses one answer to the last one only.</param>
/// <param name="Received">The number of the last request that brought a lease; 0: none has.</param>
/// <param name="JobId">The job of the lease that <paramref name="Received"/> brought: a request that arrives twice may be granted two. Null: none, or an earlier version's worker.</param>
/// <param name="Epoch">The epoch of that lease.</param>
[GenerateSerializer, Immutable, Alias("ptune.SlotRequest")]
public sealed record SlotRequest(string Slot, long Number, long Received, string? JobId = null, long? Epoch = null)
{
    /// <summary>The slot's next request.</summary>
    public SlotRequest Next() => this with { Number = Number + 1 };

    /// <summary>The same request once it has brought a lease.</summary>
    public SlotRequest With(Lease lease) => this with { Received = Number, JobId = lease.JobId, Epoch = lease.Epoch };

    /// <summary>Whether both are copies of one message.</summary>
    public bool IsSame(SlotRequest other) => other.Slot == Slot && other.Number == Number;

    /// <summary>Whether the slot has not received the lease that was granted to <paramref name="earlier"/>, and can still use it.</summary>
    public bool HasMissed(SlotRequest earlier) => earlier.Slot == Slot && earlier.Number > Received && earlier.Number <= Number;

    /// <summary>Whether the slot does not hold the lease of this job that was granted to <paramref name="earlier"/>: that request, or a later one, brought another lease, or it brought none.</summary>
    public bool HasNot(SlotRequest earlier, string jobId, long epoch) =>
        earlier.Slot == Slot && earlier.Number < Number && (earlier.Number != Received || (JobId is not null && (JobId != jobId || Epoch != epoch)));
}
