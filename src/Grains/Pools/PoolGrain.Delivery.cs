using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools;

/// <summary>
/// A call that grants a lease may break and be carried out all the same, and an answer may get lost. A slot's next request says which lease it received last: what it has not
/// received is given to it then; where it has gone on to another job meanwhile, the lease is taken back as soon as it is seen.
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
            if (result is null) return LeaseResult.Refused($"job {jobId} does not answer");
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
