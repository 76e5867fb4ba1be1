namespace Ptune.Grains.Hosting;

/// <summary>How jobs, pools and workers are looked after.</summary>
public sealed class JobsOptions
{
    /// <summary>
    /// How long a lease lasts after the last accepted heartbeat. Shorter: a dead worker's job goes on sooner. Longer: a worker survives a longer
    /// pause of its network. Workers send a heartbeat at least three times in it. Default: 30 s.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a pool visits every job that is not final. It bounds the delay of everything that was lost or cut short, at the price of one
    /// short call a job. Default: 5 s.
    /// </summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many jobs a pool visits at a time. Default: 32.</summary>
    public int SweepParallelism { get; set; } = 32;

    /// <summary>How long a watcher's call stays open without a change; less than the clients' response timeout. Default: 5 s.</summary>
    public TimeSpan WatchPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A worker that has not been heard of for so long is no longer listed nor waited for. Default: 60 s.</summary>
    public TimeSpan WorkerForgottenAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many jobs that turn out not to be leasable a pool passes over in one call of a worker. Default: 32.</summary>
    public int LeaseTries { get; set; } = 32;

    /// <summary>
    /// How many of the oldest jobs of one priority are looked at for one whose models the worker holds warm. 1 is strict order of arrival.
    /// Default: 16.
    /// </summary>
    public int WarmWindow { get; set; } = 16;

    /// <summary>How many times the oldest job of a priority may be overtaken for the sake of warm models before it goes first. Default: 8.</summary>
    public int WarmOvertakes { get; set; } = 8;

    /// <summary>
    /// Each time that a job has waited for so long it counts as <see cref="AgeingStep"/> priorities higher, until <see cref="AgeingBound"/>. Shorter: low
    /// priorities come to their turn sooner. Longer: priorities are kept more strictly. Default: 10 min.
    /// </summary>
    public TimeSpan AgeingInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>See <see cref="AgeingInterval"/>; 0: no ageing. Default: 10.</summary>
    public int AgeingStep { get; set; } = 10;

    /// <summary>
    /// How many priorities a job can gain by waiting. Among jobs whose priorities are no further apart than this, none starves; a stream of jobs further
    /// above goes first for as long as it lasts, which is what their priority says. Default: 100.
    /// </summary>
    public int AgeingBound { get; set; } = 100;

    /// <summary>
    /// How many times jobs behind a job may take memory that it waits for on a worker that could hold it; after that the worker is kept for it. Lower: big jobs
    /// start sooner. Higher: less memory is left unused. Default: 16.
    /// </summary>
    public int BackfillOvertakes { get; set; } = 16;

    /// <summary>
    /// A waiting job may take the place of a running one whose priority is lower by at least so much; the running job goes on later from its checkpoint. 1001: never.
    /// Default: 100.
    /// </summary>
    public int PreemptionGap { get; set; } = 100;

    /// <summary>
    /// How long a worker is kept for the job for which another one was asked to give its place up. It has to be longer than a checkpoint takes to be
    /// written. Default: 2 min.
    /// </summary>
    public TimeSpan PreemptionGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a place in the queue is kept for a job that was admitted and has not come yet. Default: 30 s.</summary>
    public TimeSpan AdmissionKept { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many queued jobs a sweep visits, each time the next ones. All others are looked at only in the catalog: with a million in the queue, a visit to
    /// each would wake a million grains. Default: 256.
    /// </summary>
    public int SweepQueued { get; set; } = 256;

    /// <summary>Weights and quotas by the tenant's name, as <c>Jobs:Tenants:NAME:Weight</c>. Default: none; everybody has weight 1 and no quota.</summary>
    public Dictionary<string, TenantOptions> Tenants { get; set; } = [];

    /// <summary>
    /// How many pools a tenant may have jobs in at a time. A pool is made by naming it, and each costs a queue and some 20 series of metrics. Pools that have workers, or other
    /// tenants' jobs, do not count. Each server counts by itself. Default: 64.
    /// </summary>
    public int PoolsPerTenant { get; set; } = 64;

    /// <summary>How many jobs a study submits at a time. Default: 16.</summary>
    public int StudyParallelism { get; set; } = 16;

    /// <summary>
    /// How long a worker may take to stop a job that is cancelled, suspended or preempted before it is taken from it, like one whose worker is lost.
    /// Workers keep to their own grace period, which is shorter; this is for those that do not. Default: 2 min.
    /// </summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many attempts in a row, without progress between them, a job may lose to lost workers and full disks. A spec's maxAttempts may be less. Default: 20.</summary>
    public int InfrastructureTries { get; set; } = 20;

    /// <summary>
    /// How many executors a job may kill in a row before it counts as poison. More is kinder to jobs that crash by chance, and costs the pool more where they
    /// do not. Default: 3.
    /// </summary>
    public int CrashTries { get; set; } = 3;

    /// <summary>How many attempts in a row may run out of memory; where a job trains, each next one computes its batches in twice as many parts. Default: 6.</summary>
    public int OutOfMemoryTries { get; set; } = 6;

    /// <summary>How many attempts in a row may hang. Default: 3.</summary>
    public int TimeoutTries { get; set; } = 3;

    /// <summary>
    /// The longest wait after the second lost attempt; it doubles with each further one, and the wait is drawn evenly between nothing and it. The first
    /// is tried again at once, since its lease has waited already. Default: 1 s.
    /// </summary>
    public TimeSpan InfrastructureBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>As <see cref="InfrastructureBackOff"/>, after the first crash. Default: 2 s.</summary>
    public TimeSpan CrashBackOff { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>As <see cref="InfrastructureBackOff"/>, after the first attempt that ran out of memory: others may hold it for a moment. Default: 2 s.</summary>
    public TimeSpan OutOfMemoryBackOff { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>As <see cref="InfrastructureBackOff"/>, after the first attempt that hung. Default: 5 s.</summary>
    public TimeSpan TimeoutBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>No wait between two attempts is longer. Default: 5 min.</summary>
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an idempotency key of a submit stands for its first request. Default: 1 day.</summary>
    public TimeSpan SubmitKeyLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many transitions a job remembers: of more, the first quarter and the newest. Default: 200.</summary>
    public int TimelineLength { get; set; } = 200;
}
