using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Jobs;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Jobs;

/// <summary>
/// How often each cause of failure is tried again, and after what wait: exponential, capped, with full jitter (drawn evenly between nothing and the
/// whole), so that jobs that failed together do not come back together. The draw is a digest of the job and its attempt: the same everywhere.
/// </summary>
internal sealed record RetryPolicy(RetryBudget Infrastructure, RetryBudget Crash, RetryBudget OutOfMemory, RetryBudget Timeout, TimeSpan Longest)
{
    private const int MostDoublings = 30;

    public static RetryPolicy Default { get; } = Of(new JobsOptions());

    public static RetryPolicy Of(JobsOptions options) => new(
        new RetryBudget(options.InfrastructureTries, options.InfrastructureBackOff, AtOnce: 1),
        new RetryBudget(options.CrashTries, options.CrashBackOff),
        new RetryBudget(options.OutOfMemoryTries, options.OutOfMemoryBackOff),
        new RetryBudget(options.TimeoutTries, options.TimeoutBackOff),
        options.LongestBackOff);

    public RetryBudget For(FailureCause cause) => cause switch
    {
        FailureCause.Infrastructure => Infrastructure,
        FailureCause.Crash => Crash,
        FailureCause.OutOfMemory => OutOfMemory,
        FailureCause.Timeout => Timeout,
        FailureCause.Preempted or FailureCause.User => RetryBudget.Unlimited,
        _ => RetryBudget.None,
    };

    /// <summary>How long the job waits after the <paramref name="failures"/>th failure in a row for this cause, that of attempt <paramref name="epoch"/>.</summary>
    public TimeSpan Wait(FailureCause cause, int failures, string jobId, long epoch)
    {
        var budget = For(cause);
        var waited = failures - budget.AtOnce;
        if (waited < 1) return TimeSpan.Zero;
        var most = budget.First.TotalSeconds * Math.Pow(2, Math.Min(waited - 1, MostDoublings));
        return TimeSpan.FromSeconds(Math.Min(most, Longest.TotalSeconds) * Draw(jobId, epoch));
    }

    /// <summary>Evenly from 0 to 1.</summary>
    private static double Draw(string jobId, long epoch)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{jobId}/{epoch}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1UL << 53));
    }
}
