using Microsoft.Extensions.Options;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;

namespace Ptune.Grains.Hosting;

/// <summary>Reports every wrong setting at once.</summary>
internal sealed class JobsOptionsValidator : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var problems = new List<string>();
        Span(nameof(options.LeaseDuration), options.LeaseDuration, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Span(nameof(options.SweepInterval), options.SweepInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        Span(nameof(options.WatchPatience), options.WatchPatience, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(25));
        Span(nameof(options.WorkerForgottenAfter), options.WorkerForgottenAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Count(nameof(options.SweepParallelism), options.SweepParallelism, 1, 10_000);
        Count(nameof(options.LeaseTries), options.LeaseTries, 1, 10_000);
        Count(nameof(options.WarmWindow), options.WarmWindow, 1, 10_000);
        Count(nameof(options.WarmOvertakes), options.WarmOvertakes, 0, 10_000);
        Span(nameof(options.AgeingInterval), options.AgeingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        Count(nameof(options.AgeingStep), options.AgeingStep, 0, 1000);
        Count(nameof(options.AgeingBound), options.AgeingBound, 0, 1000);
        Count(nameof(options.BackfillOvertakes), options.BackfillOvertakes, 0, 10_000);
        Count(nameof(options.PreemptionGap), options.PreemptionGap, 1, 1001);
        Span(nameof(options.PreemptionGrace), options.PreemptionGrace, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Span(nameof(options.AdmissionKept), options.AdmissionKept, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Count(nameof(options.SweepQueued), options.SweepQueued, 1, 1_000_000);
        foreach (var (known, tenant) in options.Tenants) Tenant($"{nameof(options.Tenants)}:{known}", known, tenant);
        Count(nameof(options.PoolsPerTenant), options.PoolsPerTenant, 1, 10_000);
        Count(nameof(options.StudyParallelism), options.StudyParallelism, 1, 10_000);
        Count(nameof(options.TimelineLength), options.TimelineLength, 1, 10_000);
        Span(nameof(options.SubmitKeyLifetime), options.SubmitKeyLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365));
        Span(nameof(options.StopGrace), options.StopGrace, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        Count(nameof(options.InfrastructureTries), options.InfrastructureTries, 1, 1000);
        Count(nameof(options.CrashTries), options.CrashTries, 1, 1000);
        Count(nameof(options.OutOfMemoryTries), options.OutOfMemoryTries, 1, 1000);
        Count(nameof(options.TimeoutTries), options.TimeoutTries, 1, 1000);
        Span(nameof(options.InfrastructureBackOff), options.InfrastructureBackOff, TimeSpan.Zero, TimeSpan.FromHours(1));
        Span(nameof(options.CrashBackOff), options.CrashBackOff, TimeSpan.Zero, TimeSpan.FromHours(1));
        Span(nameof(options.OutOfMemoryBackOff), options.OutOfMemoryBackOff, TimeSpan.Zero, TimeSpan.FromHours(1));
        Span(nameof(options.TimeoutBackOff), options.TimeoutBackOff, TimeSpan.Zero, TimeSpan.FromHours(1));
        Span(nameof(options.LongestBackOff), options.LongestBackOff, TimeSpan.Zero, TimeSpan.FromDays(1));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Tenant(string member, string tenantName, TenantOptions tenant)
        {
            if (!JobIds.IsTenant(tenantName)) problems.Add($"{member} is not a tenant name: use at most 63 lower-case letters, digits and '-'.");
            if (tenantName == AuditChains.SystemWord) problems.Add($"{member} is reserved: '{tenantName}' is the audit trail's own chain. Take another name.");
            if (!(tenant.Weight >= 0.001 && tenant.Weight <= 1000)) problems.Add($"{member}:{nameof(tenant.Weight)} is {tenant.Weight}: choose between 0.001 and 1000.");
            Count($"{member}:{nameof(tenant.MaxRunning)}", tenant.MaxRunning ?? 1, 1, int.MaxValue);
            if (tenant.Budget is { } budget && !(budget >= 0 && budget <= 1e9)) problems.Add($"{member}:{nameof(tenant.Budget)} is {budget}: choose device-hours between 0 and 1,000,000,000.");
            Count($"{member}:{nameof(tenant.MaxQueued)}", tenant.MaxQueued ?? 1, 1, int.MaxValue);
        }

        void Span(string member, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most) problems.Add($"{member} is {value}: choose between {least} and {most}.");
        }

        void Count(string member, int value, int least, int most)
        {
            if (value < least || value > most) problems.Add($"{member} is {value}: choose between {least} and {most}.");
        }
    }
}
