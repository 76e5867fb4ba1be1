using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>A job's state, and commands on it with a clock.</summary>
internal sealed class JobDriver
{
    public static readonly JobRules Rules = new(TimeSpan.FromSeconds(30), 200);
    public static readonly JobInputs Ready = JobInputs.Ready([]);

    public JobState? State { get; private set; }

    public DateTimeOffset Now { get; set; } = Sample.Noon;

    public bool WasVolatile { get; private set; }

    public string Id { get; } = Sample.Id(Sample.Job());

    /// <summary>A job that has come to this status, with one attempt of worker "w" behind it where that is possible.</summary>
    public static JobDriver At(string status)
    {
        var job = new JobDriver();
        if (status == "None") return job;
        job.Submit("ann", inputs: status == "Submitted" ? JobInputs.Waiting("waits for an input") : Ready);
        if (status == "Submitted") return job;
        job.Lease();
        if (status == "Leased") return job;
        if (status == "Queued") job.Late();
        if (status is "Running" or "Cancelling" or "Suspending" or "Suspended" or "Preempted") job.Beat(step: 1);
        if (status is "Cancelling" or "Cancelled") job.Cancel("ann");
        if (status == "Cancelled") job.Release();
        if (status is "Suspending" or "Suspended") job.Suspend();
        if (status == "Suspended") job.Release();
        if (status == "Preempted") job.Preempt();
        if (status == "Succeeded") job.Complete();
        if (status == "Failed") job.Fail(FailureCause.Invalid);
        return job;
    }

    public JobView Submit(string asker, int priority = 100, int maxAttempts = 3, JobInputs? inputs = null) =>
        Submit(Sample.Job(priority: priority, maxAttempts: maxAttempts), asker, inputs);

    public JobView Submit(JobSpec spec, string asker = "ann", JobInputs? inputs = null) =>
        Take(JobMachine.Submit(State, Sample.Id(spec), new JobSubmission(spec, asker, "a name"), inputs ?? Ready, Rules, Now));

    public JobView? Cancel(string? asker) => Take(JobMachine.Cancel(State, asker, Rules, Now));

    public JobView? Suspend(string why = "suspended by ann") => Take(JobMachine.Suspend(State, why, Rules, Now));

    public JobView? Resume() => Take(JobMachine.Resume(State, Rules, Now));

    public JobView? Retry(JobInputs? inputs = null) => Take(JobMachine.Retry(State, inputs ?? Ready, Rules, Now));

    public JobView? Preempt(string why = "preempted by a job of priority 500") => Take(JobMachine.Preempt(State, why, Rules, Now));

    public JobView? Discard(string artifact = "artifact") => Take(JobMachine.Discard(State, artifact, Rules, Now));

    public LeaseResult Lease(string worker = "w", SlotRequest? slot = null) => Take(JobMachine.Lease(State, new LeaseRequest(worker, Slot: slot), Rules, Now));

    public HeartbeatReply Beat(long step, long epoch = 1, string worker = "w", StoredCheckpoint? checkpoint = null, string? note = null) =>
        Take(JobMachine.Heartbeat(State, new Heartbeat(worker, epoch, new JobProgress(step, 100, 1, 1), checkpoint, note), Rules, Now));

    public AttemptReply Complete(long epoch = 1, string worker = "w", string artifact = "artifact") =>
        Take(JobMachine.Complete(State, new AttemptCompletion(worker, epoch, Sample.Result(artifact)), Rules, Now));

    public AttemptReply Fail(FailureCause cause, long epoch = 1, string worker = "w", LogRule? rule = null, FailureDetails? details = null) =>
        Take(JobMachine.Fail(State, new AttemptFailure(worker, epoch, cause, "it broke", rule, details), Rules, Now));

    /// <summary>The job's next attempt, after any wait.</summary>
    public Lease? Next(string worker = "w")
    {
        Now = State!.NotBefore ?? Now;
        return Lease(worker).Lease;
    }

    public AttemptReply Release(long epoch = 1, string worker = "w", StoredCheckpoint? checkpoint = null, SlotRequest? undelivered = null) =>
        Take(JobMachine.Release(State, new AttemptRelease(worker, epoch, checkpoint, "stopping", undelivered), Rules, Now));

    public JobView? Sweep(JobInputs? inputs = null) => Take(JobMachine.Sweep(State, inputs ?? Ready, Rules, Now));

    /// <summary>A sweep after every lease has run out.</summary>
    public JobView? Late()
    {
        Now += TimeSpan.FromMinutes(1);
        return Sweep();
    }

    private TAnswer Take<TAnswer>(Decision<JobState, TAnswer> decision)
    {
        (State, WasVolatile) = (decision.State, decision.IsVolatile);
        return decision.Answer;
    }
}
