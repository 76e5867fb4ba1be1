using Ptune.Grains.Hosting;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Pools.Policies;

/// <summary>The settings that a pool's decisions depend on.</summary>
internal sealed class SchedulingRules(JobsOptions options)
{
    public Ageing Ageing { get; } = new(options.AgeingInterval, options.AgeingStep, options.AgeingBound);

    public WarmModels Warm { get; } = new(options.WarmWindow, options.WarmOvertakes);

    public int BackfillOvertakes { get; } = options.BackfillOvertakes;

    public Preemption Preemption { get; } = new(options.PreemptionGap, new Ageing(options.AgeingInterval, options.AgeingStep, options.AgeingBound));

    public TimeSpan PreemptionGrace { get; } = options.PreemptionGrace;

    /// <summary>How long a worker is kept for a job that waits for memory there, unless the job starts elsewhere first.</summary>
    public TimeSpan BackfillHold { get; } = TimeSpan.FromHours(1);

    public TimeSpan AdmissionKept { get; } = options.AdmissionKept;

    public TimeSpan LeaseDuration { get; } = options.LeaseDuration;

    public TimeSpan WorkerForgottenAfter { get; } = options.WorkerForgottenAfter;

    /// <summary>As they are now: tenants change while the pool stands.</summary>
    public IReadOnlyDictionary<string, TenantOptions> Tenants => options.Tenants;
}
