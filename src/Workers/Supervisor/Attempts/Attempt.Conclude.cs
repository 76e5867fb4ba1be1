using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Protocol;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class Attempt
{
    private const int LongestMessage = 4000;

    private Task<FailureCause?> ConcludeAsync(RunOutcome outcome) => outcome.End switch
    {
        RunEnd.Completed => CompleteAsync(outcome.Artifact!),
        RunEnd.Stopped when HasHung => HungButStoppedAsync(outcome.Checkpoint),
        RunEnd.Stopped => StoppedAsync(outcome.Checkpoint),
        _ => FailAsync(outcome.Cause ?? FailureCause.Infrastructure, outcome.Message ?? "The executor did not say why."),
    };

    private async Task<FailureCause?> CompleteAsync(ArtifactDraft draft)
    {
        var took = _services.Time.GetElapsedTime(_began);
        var result = await _services.Results.WriteAsync(_lease, draft, took, _abort.Token);
        if (result.Attributes.TryGetValue(AttributeNames.Warning, out var warning)) _log.Write($"Warning: {warning}");
        _log.Write($"Done in {took.TotalSeconds:0.0} s: {result.Artifact}, {result.ArtifactBytes} bytes");
        await EndLogAsync();
        await _keeper.StopAsync();
        var reply = await ReportEndAsync("Complete", () => _job.Complete(new AttemptCompletion(_settings.WorkerId, _lease.Epoch, result)));
        // A first attempt that stored none leaves none.
        if (reply != AttemptReply.Accepted || (_lease.Epoch == 1 && _checkpoints.Last is null)) return null;
        try
        {
            await _services.RemoveCheckpointsAsync(_lease.JobId, CancellationToken.None);
        }
        catch (Exception e)
        {
            // They only take room.
            LogCheckpointsLeft(_lease.JobId, e.Message);
        }
        return null;
    }

    private async Task<FailureCause?> StoppedAsync(CheckpointFile? checkpoint)
    {
        if (checkpoint is not null) _checkpoints.Offer(checkpoint);
        await ReleaseAsync();
        return null;
    }

    /// <summary>It made no progress, and that is why it was stopped; nobody else asked for it.</summary>
    private bool HasHung => _watch.Hangs.IsCancellationRequested && !_keeper.Cancelled.IsCancellationRequested && !_shutdown.Requested.IsCancellationRequested;

    private Task<FailureCause?> HungButStoppedAsync(CheckpointFile? checkpoint)
    {
        if (checkpoint is not null) _checkpoints.Offer(checkpoint);
        return HungAsync("stopped on request");
    }

    private async Task<FailureCause?> HungAsync(string how)
    {
        var lines = string.Join('\n', _log.LastLines.TakeLast(FailureDetails.MostLines));
        return await FailAsync(FailureCause.Timeout, $"The executor made no progress for {_settings.HangAfter.TotalSeconds:0.#} s, {_watch.Where}; it {how}. The log's last lines:\n{lines}");
    }

    private async Task ReleaseAsync()
    {
        var stored = await _checkpoints.FinishAsync();
        var why = _shutdown.Requested.IsCancellationRequested || _shutdown.Deadline.IsCancellationRequested ? "the worker is stopping" : _keeper.StopWhy ?? "it was asked to stop";
        _log.Write(stored is null ? $"Released without a new checkpoint: {why}" : $"Released at step {stored.Step}: {why}");
        await EndLogAsync();
        await _keeper.StopAsync();
        await ReportEndAsync("Release", () => _job.Release(new AttemptRelease(_settings.WorkerId, _lease.Epoch, stored, why)));
    }

    /// <param name="cause">Why it failed.</param>
    /// <param name="message">The same in words.</param>
    /// <param name="exitCode">The executor's, where it died.</param>
    private async Task<FailureCause?> FailAsync(FailureCause cause, string message, int? exitCode = null)
    {
        var details = new FailureDetails(_lease.Epoch, exitCode, exitCode is { } code ? ExitDescription.SignalOf(code) : null, [.. _log.LastLines.TakeLast(FailureDetails.MostLines)]);
        var rule = RuleFor(message);
        if (message.Length > LongestMessage) message = message[..LongestMessage] + "...";
        LogFailed(_lease.JobId, _lease.Epoch, cause, message);
        _log.Write($"Failed ({cause}): {message}");
        if (rule is { } known) _log.Write($"Log rule {known.Rule.Action} applies: '{known.Rule.Pattern}' matches '{known.Line}'");
        // What was stored until now is where the next attempt goes on: the grain hears of it first.
        await _checkpoints.FinishAsync();
        await _keeper.StopAsync();
        if (_checkpoints.Last is { } last)
            await ReportEndAsync("Heartbeat", () => _job.Heartbeat(new Heartbeat(_settings.WorkerId, _lease.Epoch, null, last)));
        await EndLogAsync();
        await ReportEndAsync("Fail", () => _job.Fail(new AttemptFailure(_settings.WorkerId, _lease.Epoch, cause, message, rule?.Rule, details)));
        return cause;
    }

    /// <summary>Not of a job that is to stop here anyway: its place is wanted.</summary>
    private (LogRule Rule, string Line)? RuleFor(string message)
    {
        if (_lease.Spec.Scheduling.LogRules is not { Length: > 0 } rules) return null;
        var search = new LogRuleSearch(_services.Time, LogRuleSearch.Budget);
        var found = search.Find(rules, [.. _log.LastLines, .. message.Split('\n')], _stop.Token);
        if (search.Skipped > 0) _log.Write($"{search.Skipped} log rules were skipped because their patterns take too long. Simplify them.");
        return found;
    }

    /// <summary>The log is whole before the job is seen to have ended.</summary>
    private async Task EndLogAsync() => await _log.DisposeAsync();

    /// <summary>
    /// Says it until it is answered, for as long as a lease lasts. It may outlive the lease's end here: only the grain knows whether it
    /// still counts, and saying it twice changes nothing.
    /// </summary>
    private async Task<T?> ReportEndAsync<T>(string what, Func<Task<T>> call)
        where T : struct
    {
        using var limit = new CancellationTokenSource(_lease.Duration, _services.Time);
        try
        {
            var reply = await _services.Calls.UntilAnsweredAsync($"{what} of {_lease.JobId}", call, limit.Token);
            LogAnswered(what, _lease.JobId, _lease.Epoch, reply.ToString()!);
            return reply;
        }
        catch (OperationCanceledException)
        {
            LogUnanswered(what, _lease.JobId, _lease.Epoch, _lease.Duration);
            return null;
        }
    }
}
