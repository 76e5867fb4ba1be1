using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools;

/// <summary>
/// A call that grants a lease may fail for the caller and still take effect, and an answer may be lost. A slot's next request names the last lease that it received: one that it missed
/// is delivered then; where the slot works on another job meanwhile, the lease is taken back by the next visit.
/// </summary>
internal sealed partial class PoolGrain
{
    /// <returns>Null where the slot has received all that was granted to it; else what its request is answered with.</returns>
    private async Task<LeaseResult?> DeliverAsync(AcquireRequest request)
    {
        foreach (var jobId in _scheduler.Undelivered(request, Now))
        {
            var result = await OfferAgainAsync(jobId, request);
            if (result?.Lease is not null) return result;
            // Given another job, the slot would not ask again before that is done, and this one may have been granted to it, or to the first copy of this request.
            if (result is null) return LeaseResult.Refused($"job {jobId} did not answer");
            if (_scheduler.Undelivered(request, Now).Contains(jobId)) return result;
        }
        return null;
    }

    /// <returns>Null where the job does not answer.</returns>
    private async Task<LeaseResult?> OfferAgainAsync(string jobId, AcquireRequest request)
    {
        var grain = GrainFactory.GetGrain<IJobGrain>(jobId);
        _scheduler.OfferAgain(jobId, request.Slot!);
        try
        {
            var result = await grain.Lease(new LeaseRequest(request.WorkerId, _scheduler.PermitOf(jobId), request.Slot));
            _scheduler.Granted(jobId);
            if (result.Lease is null) await VisitJobAsync(jobId);
            else _scheduler.Answered(request);
            return result;
        }
        catch (Exception problem)
        {
            LogUnreachable(jobId, problem.Message, problem);
            _scheduler.Granted(jobId);
            return null;
        }
    }

    private async Task TakeBackAsync(JobView job)
    {
        LogTakenBack(job.JobId, job.Worker!);
        await GrainFactory.GetGrain<IJobGrain>(job.JobId).Release(new AttemptRelease(job.Worker!, job.Epoch, null, "the answer with the lease was lost", job.Undelivered));
    }
}
