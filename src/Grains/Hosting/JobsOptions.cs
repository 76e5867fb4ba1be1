namespace Ptune.Grains.Hosting;

/// <summary>Settings of jobs, pools and workers.</summary>
public sealed class JobsOptions
{
    /// <summary>
    /// How long a lease lasts after the last accepted heartbeat. Shorter: a dead worker's job continues sooner. Longer: a worker survives a longer
    /// network outage. Workers send a heartbeat at least three times in it. Default: 30 s.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a pool visits every job that is not final. It bounds how long anything that was lost or interrupted waits for repair, at the cost of one
    /// short call per job. Default: 5 s.
    /// </summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many jobs a pool visits at a time. Default: 32.</summary>
    public int SweepParallelism { get; set; } = 32;

    /// <summary>How long a watcher's call stays open without a change; less than the clients' response timeout. Default: 5 s.</summary>
    public TimeSpan WatchPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A worker that has sent no report for this long is no longer listed or counted. Default: 60 s.</summary>
    public TimeSpan WorkerForgottenAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many jobs that refuse their lease a pool passes over in one call of a worker. Default: 32.</summary>
    public int LeaseTries { get; set; } = 32;

    /// <summary>
    /// Among how many of the oldest jobs of one priority a job is preferred whose models the worker holds warm. 1: strict order of arrival.
    /// Default: 16.
    /// </summary>
    public int WarmWindow { get; set; } = 16;

    /// <summary>How many times the oldest job of a priority may be overtaken for the sake of warm models before it goes first. Default: 8.</summary>
    public int WarmOvertakes { get; set; } = 8;

    /// <summary>
    /// For each such interval of waiting, a job's effective priority rises by <see cref="AgeingStep"/>, by <see cref="AgeingBound"/> at most. Shorter: low
    /// priorities get their turn sooner. Longer: priorities are kept more strictly. Default: 10 min.
    /// </summary>
    public TimeSpan AgeingInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>See <see cref="AgeingInterval"/>; 0: no ageing. Default: 10.</summary>
    public int AgeingStep { get; set; } = 10;

    /// <summary>
    /// How much priority a job can gain by waiting. Among jobs whose priorities differ by no more than this, none starves; a stream of jobs of higher
    /// priority than that goes first for as long as it lasts. Default: 100.
    /// </summary>
    public int AgeingBound { get; set; } = 100;

    /// <summary>
    /// How many times later jobs may take memory that an earlier job waits for; after that a worker is reserved for it. Lower: big jobs
    /// start sooner. Higher: less memory stays unused. Default: 16.
    /// </summary>
    public int BackfillOvertakes { get; set; } = 16;

    /// <summary>
    /// A waiting job may preempt a running one whose priority is lower by at least this much; the preempted job continues later from its checkpoint. 1001: never.
    /// Default: 100.
    /// </summary>
    public int PreemptionGap { get; set; } = 100;

    /// <summary>
    /// How long a worker stays reserved for the job that preempted another one there. It has to be longer than it takes to save a
    /// checkpoint. Default: 2 min.
    /// </summary>
    public TimeSpan PreemptionGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a place in the queue is kept for an admitted job that has not arrived yet. Default: 30 s.</summary>
    public TimeSpan AdmissionKept { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many queued jobs each sweep visits, in turn. The others are only compared with the catalog: with a million in the queue, visiting
    /// each would activate a million grains. Default: 256.
    /// </summary>
    public int SweepQueued { get; set; } = 256;

    /// <summary>Weights, quotas and budgets by the tenant's name, as <c>Jobs:Tenants:NAME:Weight</c>. Default: none; every tenant has weight 1 and no quota.</summary>
    public Dictionary<string, TenantOptions> Tenants { get; set; } = [];

    /// <summary>
    /// How many pools a tenant may have jobs in at a time. Naming a pool creates it, and each costs a queue and about 20 metric series. Pools that have workers, or other
    /// tenants' jobs, do not count. Each server counts by itself. Default: 64.
    /// </summary>
    public int PoolsPerTenant { get; set; } = 64;

    /// <summary>How many jobs a study submits at a time. Default: 16.</summary>
    public int StudyParallelism { get; set; } = 16;

    /// <summary>
    /// How long a worker may take to stop a job that is cancelled, suspended or preempted; after that the job is treated as if its worker were lost.
    /// Workers have a shorter grace period of their own; this is for those that exceed it. Default: 2 min.
    /// </summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many attempts in a row, without progress in between, may fail because of lost workers or full disks. A spec's maxAttempts may be less. Default: 20.</summary>
    public int InfrastructureTries { get; set; } = 20;

    /// <summary>
    /// How many executors a job may crash in a row before it counts as poison. Higher: more tolerant of jobs that crash by chance. Lower: less time lost to jobs that always
    /// crash. Default: 3.
    /// </summary>
    public int CrashTries { get; set; } = 3;

    /// <summary>How many attempts in a row may run out of memory; where a job trains, each next one computes its batches in twice as many parts. Default: 6.</summary>
    public int OutOfMemoryTries { get; set; } = 6;

    /// <summary>How many attempts in a row may hang. Default: 3.</summary>
    public int TimeoutTries { get; set; } = 3;

    /// <summary>
    /// The longest wait after the second lost attempt; it doubles with each further one, and the actual wait is drawn evenly between zero and it. The first
    /// is retried at once, since its lease had to expire already. Default: 1 s.
    /// </summary>
    public TimeSpan InfrastructureBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>As <see cref="InfrastructureBackOff"/>, after the first crash. Default: 2 s.</summary>
    public TimeSpan CrashBackOff { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>As <see cref="InfrastructureBackOff"/>, after the first attempt that ran out of memory: other processes may be using it briefly. Default: 2 s.</summary>
    public TimeSpan OutOfMemoryBackOff { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>As <see cref="InfrastructureBackOff"/>, after the first attempt that hung. Default: 5 s.</summary>
    public TimeSpan TimeoutBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>No wait between two attempts is longer. Default: 5 min.</summary>
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the idempotency key of a submit refers to its first request. Default: 1 day.</summary>
    public TimeSpan SubmitKeyLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many transitions a job's timeline keeps: beyond that, the first quarter and the newest. Default: 200.</summary>
    public int TimelineLength { get; set; } = 200;
}
