using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Contracts.Telemetry;
using Ptune.Grains.Hosting;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>One job: <see cref="JobMachine"/> with a store, a catalog, a pool and studies around it.</summary>
[Reentrant, GrainType("job")]
internal sealed partial class JobGrain(
    [PersistentState("job", GrainStorageNames.State)] IPersistentState<JobState> storage,
    ICatalog catalog,
    IMemoryEstimates estimates,
    IOptions<JobsOptions> options,
    TimeProvider time,
    ILogger<JobGrain> logger) : StatefulGrain<JobState>(storage, time, logger), IJobGrain
{
    private readonly JobRules _rules = JobRules.Of(options.Value);
    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;
    private LeaseTimer? _lease;
    private readonly LossTrace _losses = new();
    private (long Epoch, long Since) _attempt;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        WatchLease();
    }

    public async Task<JobView> Submit(JobSubmission submission)
    {
        using var span = Tracing.Source.StartActivity("submit")?.SetTag(Tracing.JobId, Id).SetTag(Tracing.JobKind, JobMachine.KindOf(submission.Spec)).SetTag(Tracing.Tenant, AuditChain);
        submission = submission with { Trace = Tracing.Current };
        await DiscardRemovedAsync();
        var inputs = State is null or { Status: JobStatus.Submitted or JobStatus.Failed or JobStatus.Cancelled }
            ? await FindInputsAsync(submission.Spec)
            : JobInputs.Waiting("waits for its inputs to be checked");
        return await WithInputsAsync(removed => DecideForAsync(submission.By, Asked(AuditActions.JobSubmit), (state, now) => JobMachine.Submit(state, Id, submission, removed ?? inputs, _rules, now)));
    }

    public async Task<JobView?> Get()
    {
        if (await LookAsync() is not { } state) return null;
        // Whoever sees a result may ask for its artifact at once.
        if (state.Status == JobStatus.Succeeded) await TellStoresAsync();
        return JobMachine.View(state) with { Running = state.Status.IsHeld && state.Epoch == _attempt.Epoch ? _time.GetElapsedTime(_attempt.Since) : null };
    }

    public async Task<JobView?> Watch(long version)
    {
        await WaitForChangeAsync(version, options.Value.WatchPatience);
        return await Get();
    }

    public Task<LossPoint[]> Losses() => Task.FromResult(_losses.Points);

    public Task<JobView?> Cancel(string? asker, AuditStamp? by) => AskedAsync(by, AuditActions.JobCancel, (state, now) => JobMachine.Cancel(state, asker, _rules, now));

    public Task<JobView?> Suspend(string why, AuditStamp? by) => AskedAsync(by, AuditActions.JobSuspend, (state, now) => JobMachine.Suspend(state, why, _rules, now));

    public Task<JobView?> Resume(AuditStamp? by) => AskedAsync(by, AuditActions.JobResume, (state, now) => JobMachine.Resume(state, _rules, now));

    public async Task<JobView?> Retry(AuditStamp? by)
    {
        var inputs = State is { Status: JobStatus.Failed or JobStatus.Cancelled } ended ? await FindInputsAsync(ended.Spec) : null;
        return await WithInputsAsync(removed => DecideForAsync(by, Asked(AuditActions.JobRetry), (state, now) => JobMachine.Retry(state, removed ?? inputs, _rules, now)));
    }

    public Task<JobView?> Discard(string artifact) => DecideAndRecordAsync((state, now) => JobMachine.Discard(state, artifact, _rules, now));

    public Task<JobView?> Preempt(string why) => DecideAsync((state, now) => JobMachine.Preempt(state, why, _rules, now));

    // Its row is written first: a rebuilt pool counts running jobs by their rows, and a job holds its permit by its row.
    public async Task<LeaseResult> Lease(LeaseRequest request)
    {
        var epoch = 0L;
        using var span = Tracing.Start("lease", Stored?.Trace)?.SetTag(Tracing.JobId, Id).SetTag(Tracing.Tenant, AuditChain).SetTag(Tracing.Worker, request.WorkerId);
        try
        {
            return await DecideAndRecordAsync((state, now) =>
            {
                var decision = JobMachine.Lease(state, request, _rules, now);
                epoch = decision.Answer.Lease?.Epoch ?? 0;
                span?.SetTag(Tracing.Attempt, epoch);
                if (epoch > 0 && epoch != _attempt.Epoch) _attempt = (epoch, _time.GetTimestamp());
                return decision;
            });
        }
        catch (IOException problem) when (problem.InnerException is PermitTakenException taken)
        {
            await Release(new AttemptRelease(request.WorkerId, epoch, null, taken.Message, request.Slot));
            return LeaseResult.Refused(taken.Message, isPermitTaken: true);
        }
        finally
        {
            // Also of a lease whose row could not be written: it stands, and nobody will renew it.
            WatchLease();
        }
    }

    // Fencing takes an authoritative read: a stale activation would end the attempt that holds the lease.
    public async Task<HeartbeatReply> Heartbeat(Heartbeat heartbeat)
    {
        var clean = WorkerInput.Clean(heartbeat);
        var reply = await DecideAsync((state, now) => JobMachine.Heartbeat(state, clean, _rules, now), isAuthoritative: true);
        if (reply != HeartbeatReply.Fenced) _losses.Add(clean.Progress);
        return reply;
    }

    public Task<AttemptReply> Complete(AttemptCompletion completion) => DecideAsync((state, now) => JobMachine.Complete(state, WorkerInput.Check(completion), _rules, now), isAuthoritative: true);

    public Task<AttemptReply> Fail(AttemptFailure failure) => DecideAsync((state, now) => JobMachine.Fail(state, WorkerInput.Clean(failure), _rules, now), isAuthoritative: true);

    public Task<AttemptReply> Release(AttemptRelease release) => DecideAsync((state, now) => JobMachine.Release(state, WorkerInput.Clean(release), _rules, now), isAuthoritative: true);

    public async Task<JobView?> Sweep()
    {
        var inputs = State is { Status: JobStatus.Submitted } waiting ? await FindInputsAsync(waiting.Spec) : null;
        return await DecideAtSweepAsync((state, now) => JobMachine.Sweep(state, inputs, _rules, now));
    }

    protected override JobState Awake(JobState state, DateTimeOffset now) => JobMachine.Awake(state, _rules, now);

    // Whoever removes an artifact takes its row away, and then looks for jobs that use it, noted ones among them: one of the two sees the other.
    protected override async Task ExpectAsync(JobState next)
    {
        await catalog.ExpectAsync(ExpectedRow.Of(JobRows.Row(next), _time.GetUtcNow()));
        if (next.Status.IsFinal) return;
        foreach (var input in InputLookup.Known(next.Spec, next.Inputs))
        {
            if (await catalog.FindUsableAsync(AuditChain, input.Digest, CancellationToken.None) is null) throw new InputRemovedException(input.Path, input.Digest);
        }
    }

    protected override string AuditChain => JobIds.Tenant(Id);

    protected override bool IsOnStores(Effect effect) => effect.Kind is JobEffects.Row or JobEffects.Alias or JobEffects.DeviceTime;

    // A job refuses what a pool should not have offered, so the pool may hear of it before the catalog does; but a permit is free only once the row says so.
    protected override bool FollowsStores(Effect effect) => effect.Kind != JobEffects.Pool || Stored?.Permit is not null;

    protected override async Task<bool> PerformAsync(Effect effect)
    {
        var state = Stored!;
        switch (effect.Kind)
        {
            case JobEffects.Alias when state is { Status: JobStatus.Succeeded, Result: { } result }:
                // A name is given only to what the catalog knows; an artifact that it knew already may be on its way out, and is not put there again.
                if (Pending.Any(e => e.Kind == JobEffects.Row)) await catalog.PutAsync(JobRows.Artifact(state));
                await PublishAsync(state, effect.Target, result.Artifact);
                break;
            case JobEffects.DeviceTime:
                foreach (var row in HeldTime.Rows(Id, effect.Target)) await catalog.PutAsync(row);
                break;
            case JobEffects.Row when state is { Status: JobStatus.Succeeded, Result: not null }:
                await catalog.PutAsync(JobRows.Row(state), JobRows.Artifact(state));
                break;
            case JobEffects.Row:
                await catalog.PutAsync(JobRows.Row(state));
                break;
            case JobEffects.Pool when state.Status.IsHeld:
                // Told late: the pool has given it to a worker meanwhile, and must not forget that it runs.
                break;
            case JobEffects.Pool:
                var pool = GrainFactory.GetGrain<IPoolGrain>(state.Spec.Scheduling.Pool);
                await (state.Status switch
                {
                    JobStatus.Queued => pool.Enqueue(JobRows.Queued(state)),
                    JobStatus.Succeeded => pool.Complete(Id),
                    _ => pool.Remove(Id),
                });
                break;
            case JobEffects.Asker when state.Status.IsFinal && Askers.StudyId(effect.Target) is { } study:
                await GrainFactory.GetGrain<IStudyGrain>(study).JobEnded(Id, state.Status);
                break;
            case JobEffects.Asker when state.Status.IsFinal && Askers.SweepId(effect.Target) is { } sweep:
                await GrainFactory.GetGrain<ISweepGrain>(sweep).JobEnded(Id, state.Status);
                break;
        }
        return true;
    }

    private Task<JobView?> AskedAsync(AuditStamp? by, string action, Func<JobState?, DateTimeOffset, Decision<JobState, JobView?>> decide) =>
        by is null ? DecideAsync(decide) : DecideForAsync(by, Asked(action), decide);

    private AuditSubject<JobState> Asked(string action) => new(action, Id, JobRows.Shown, JobEffects.Row);

    private async Task PublishAsync(JobState state, string alias, string digest)
    {
        var (key, version) = RegistryKeys.Of(JobIds.Tenant(Id), alias);
        var reply = await GrainFactory.GetGrain<IRegistryGrain>(key).Set(version, digest, state.Names.Any(n => n.Alias == alias && n.Move), Id);
        // Not waited for: this runs in the stores' turn, which the decision's own effects need.
        if (reply.Outcome == NameOutcome.Taken) _ = NoteTakenAsync(alias, reply.Row.Digest);
    }

    private async Task NoteTakenAsync(string alias, string digest)
    {
        await Task.Yield();
        try
        {
            await DecideAsync((state, now) => JobMachine.NameTaken(state, alias, digest, _rules, now));
        }
        catch (Exception problem)
        {
            LogNameTaken(Id, alias, digest, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} was not published as {Alias}, which stands for {Digest}; its timeline could not say so: {Problem}")]
    private partial void LogNameTaken(string job, string alias, string digest, string problem);

    private void WatchLease() => (_lease ??= new LeaseTimer(this, () => State is { Status.IsHeld: true } held ? held.LeaseExpires : null, Sweep, _time)).Watch();

    /// <summary>When an input is found removed, nothing was written: it is decided again, by that.</summary>
    private static async Task<TAnswer> WithInputsAsync<TAnswer>(Func<JobInputs?, Task<TAnswer>> decideAsync)
    {
        try
        {
            return await decideAsync(null);
        }
        catch (InputRemovedException removed)
        {
            return await decideAsync(JobInputs.Missing(removed.Message));
        }
    }

    /// <summary>A result whose artifact was taken out of the catalog counts no more, although the removal has not got to this job yet, or has died before.</summary>
    private async Task DiscardRemovedAsync()
    {
        if (State is not { Status: JobStatus.Succeeded, Result.Artifact: { } artifact }) return;
        await TellStoresAsync();
        if (!Pending.Any(e => e.Kind == JobEffects.Row) && await catalog.FindArtifactAsync(AuditChain, artifact) is null) await Discard(artifact);
    }

    private async Task<JobInputs> FindInputsAsync(Contracts.Specs.JobSpec spec)
    {
        var inputs = await InputLookup.FindAsync(spec, id => GrainFactory.GetGrain<IJobGrain>(id).Get());
        return inputs.Digests is null ? inputs : inputs with { EstimatedMemory = await estimates.OfAsync(spec) };
    }
}
