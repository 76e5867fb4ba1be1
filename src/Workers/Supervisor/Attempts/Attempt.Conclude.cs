using Ptune.Contracts.Jobs;
using Ptune.Protocol;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class Attempt
{
    private const int LongestMessage = 4000;

    private Task<FailureCause?> ConcludeAsync(RunOutcome outcome) => outcome.End switch
    {
        RunEnd.Completed => CompleteAsync(outcome.Artifact!),
        RunEnd.Stopped => StoppedAsync(outcome.Checkpoint),
        _ => FailAsync(outcome.Cause ?? FailureCause.Infrastructure, outcome.Message ?? "The executor did not say why."),
    };

    private async Task<FailureCause?> CompleteAsync(ArtifactDraft draft)
    {
        var took = _services.Time.GetElapsedTime(_began);
        var result = await _services.Results.WriteAsync(_lease, draft, _folder.Sub("empty"), took, _abort.Token);
        _log.Write($"Done in {took.TotalSeconds:0.0} s: {result.Artifact}, {result.ArtifactBytes} bytes");
        await EndLogAsync();
        await _keeper.StopAsync();
        var reply = await LastWordAsync("Complete", () => _job.Complete(new AttemptCompletion(_settings.WorkerId, _lease.Epoch, result)));
        if (reply != AttemptReply.Accepted) return null;
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

    private async Task ReleaseAsync()
    {
        var stored = await _checkpoints.FinishAsync();
        var why = _departure.Asked.IsCancellationRequested || _departure.Due.IsCancellationRequested ? "the worker leaves" : "it was cancelled";
        _log.Write(stored is null ? $"Given back without a new checkpoint: {why}" : $"Given back at step {stored.Step}: {why}");
        await EndLogAsync();
        await _keeper.StopAsync();
        await LastWordAsync("Release", () => _job.Release(new AttemptRelease(_settings.WorkerId, _lease.Epoch, stored, why)));
    }

    private async Task<FailureCause?> FailAsync(FailureCause cause, string message)
    {
        if (message.Length > LongestMessage) message = message[..LongestMessage] + "...";
        LogFailed(_lease.JobId, _lease.Epoch, cause, message);
        _log.Write($"Failed ({cause}): {message}");
        // What was stored until now is where the next attempt goes on: the grain hears of it first.
        await _checkpoints.FinishAsync();
        await _keeper.StopAsync();
        if (_checkpoints.Last is { } last)
            await LastWordAsync("Heartbeat", () => _job.Heartbeat(new Heartbeat(_settings.WorkerId, _lease.Epoch, null, last)));
        await EndLogAsync();
        await LastWordAsync("Fail", () => _job.Fail(new AttemptFailure(_settings.WorkerId, _lease.Epoch, cause, message)));
        return cause;
    }

    /// <summary>The log is whole before the job is seen to have ended.</summary>
    private async Task EndLogAsync() => await _log.DisposeAsync();

    /// <summary>
    /// Says it until it is answered, for as long as a lease lasts. It may outlive the lease's end here: only the grain knows whether it
    /// still counts, and saying it twice changes nothing.
    /// </summary>
    private async Task<T?> LastWordAsync<T>(string what, Func<Task<T>> call)
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
