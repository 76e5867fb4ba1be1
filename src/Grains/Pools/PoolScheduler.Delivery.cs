using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools;

/// <summary>Leases that the worker may not have received, since the answer to its request was lost.</summary>
internal sealed partial class PoolScheduler
{
    /// <summary>A slot asks for work.</summary>
    /// <returns>False where no answer with work would be used: the slot has asked again since, or an earlier request of it is still being answered.</returns>
    public bool Hear(AcquireRequest request, DateTimeOffset now) =>
        request.Slot is not { } slot || (_slots.Hear(request.WorkerId, slot, now) && !_running.On(request.WorkerId).Any(job => job.IsOffered && job.Undelivered?.Slot == slot.Slot));

    /// <summary>
    /// Jobs that may have been granted to earlier requests of this slot, which has not received them. A job that has not answered for a lease's duration does not keep the slot from other work.
    /// </summary>
    public string[] Undelivered(AcquireRequest request, DateTimeOffset now) => request.Slot is not { } slot ? [] :
    [
        .. _running.On(request.WorkerId)
            .Where(job => job.Undelivered is { } granted && slot.HasMissed(granted) && now - job.Heard < _rules.LeaseDuration)
            .Select(job => job.JobId),
    ];

    /// <summary>The job is asked once more for the lease that the slot has not received.</summary>
    public void OfferAgain(string jobId, SlotRequest slot)
    {
        if (_running.TryFind(jobId, out var job)) (job.IsOffered, job.Undelivered) = (true, slot);
    }

    /// <summary>The answer with the lease is on its way.</summary>
    public void Answered(AcquireRequest request)
    {
        if (request.Slot is { } slot) _slots.Answered(slot);
    }

    /// <summary>Whether the job has a lease that its worker will never receive.</summary>
    public bool IsLost(JobView job) => job.Undelivered is { } granted && _slots.IsLost(granted, job.JobId, job.Epoch) && !IsOffered(job.JobId);
}
