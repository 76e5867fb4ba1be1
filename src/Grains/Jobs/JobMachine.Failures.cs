using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Jobs;

/// <summary>What happens to a job whose attempt has failed.</summary>
internal static partial class JobMachine
{
    /// <summary>Workers that a job avoids; more would be a sign that it is the job.</summary>
    private const int MostExcluded = 50;

    private static JobState Failed(JobState state, FailureCause cause, string message, LogRuleAction? rule, JobRules rules, DateTimeOffset now)
    {
        var isHeldBack = state.Status == JobStatus.Suspending && state.Cause == FailureCause.User;
        var wasCancelling = state.Status == JobStatus.Cancelling;
        state = Count(state, cause) with { Failures = state.Failures + 1, Cause = cause, Message = message, Failure = null };
        if (wasCancelling) return Move(state, JobStatus.Cancelled, $"stopped by a failure ({cause}): {message}", rules, now);
        if (rule == LogRuleAction.DoNotRetry) return Move(state, JobStatus.Failed, $"{cause}, and a log rule of its spec forbids a retry: {message}", rules, now);
        if (rule == LogRuleAction.NotOnThisWorker && state.Worker is { } worker)
            state = state with { ExcludedWorkers = [.. state.ExcludedWorkers.Where(w => w != worker).TakeLast(MostExcluded - 1), worker] };

        var budget = rules.Retries.For(cause);
        var (failures, most) = (InARow(state, cause), budget.IsUnlimited ? budget.Tries : Math.Min(budget.Tries, state.Spec.Scheduling.MaxAttempts));
        if (failures >= most) return GivenUp(state, cause, failures, budget, message, rules, now);
        if (cause == FailureCause.OutOfMemory) state = state with { BatchParts = Smaller(state) };
        if (isHeldBack) return Move(state, JobStatus.Suspended, $"stopped by a failure ({cause}): {message}", rules, now);

        var wait = rules.Retries.Wait(cause, failures, state.JobId, state.Epoch);
        var tries = budget.IsUnlimited ? $"{cause}" : $"{cause}, {failures} of {most}";
        var until = wait > TimeSpan.Zero ? $"retries at {now + wait:yyyy-MM-dd HH:mm:ss}Z after a failure ({tries})" : $"retries at once after a failure ({tries})";
        state = state with { NotBefore = wait > TimeSpan.Zero ? now + wait : null, Message = $"{until}: {message}" };
        return Move(state, JobStatus.Queued, $"attempt failed ({tries}): {message}", rules, now);
    }

    private static JobState GivenUp(JobState state, FailureCause cause, int failures, RetryBudget budget, string message, JobRules rules, DateTimeOffset now)
    {
        if (cause is FailureCause.Invalid or FailureCause.Dependency or FailureCause.Poison) return Move(state, JobStatus.Failed, $"{cause}: {message}", rules, now);
        if (cause == FailureCause.Crash && failures >= budget.Tries)
        {
            var why = $"it crashed {failures} executors in a row: {message}";
            return Move(state with { Cause = FailureCause.Poison, Message = why }, JobStatus.Failed, why, rules, now);
        }
        return Move(state, JobStatus.Failed, $"given up after {failures} failed {(failures == 1 ? "attempt" : "attempts in a row")} ({cause}): {message}", rules, now);
    }

    /// <summary>The timeline keeps how each attempt ended; the lines of the last one alone are kept.</summary>
    private static JobState Tell(JobState failed, FailureDetails? details) => details is null ? failed : failed with
    {
        Failure = details with { Epoch = failed.Epoch },
        Timeline = [.. failed.Timeline[..^1], failed.Timeline[^1] with { ExitCode = details.ExitCode, Signal = details.Signal }],
    };

    /// <summary>Failures are in a row as long as nothing new was kept between them.</summary>
    private static JobState Count(JobState state, FailureCause cause)
    {
        var kept = state.Checkpoint?.Step ?? 0;
        var before = kept > state.KeptAtFailure ? [] : state.InARow;
        var count = before.FirstOrDefault(c => c.Cause == cause)?.Count ?? 0;
        return state with
        {
            InARow = [.. before.Where(c => c.Cause != cause), new CauseCount(cause, count + 1)],
            KeptAtFailure = Math.Max(kept, state.KeptAtFailure),
        };
    }

    private static int InARow(JobState state, FailureCause cause) => state.InARow.First(c => c.Cause == cause).Count;

    /// <summary>Twice as many parts, where the job trains in batches and a part would still hold an example.</summary>
    private static int Smaller(JobState state)
    {
        var parts = Math.Max(1, state.BatchParts);
        return state.Spec.Training() is { } recipe && parts * 2 <= recipe.BatchSize ? parts * 2 : parts;
    }
}
