using Ptune.Contracts.Specs;
using Ptune.Protocol;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class Attempt
{
    /// <summary>An executor may have to be started, and inputs to be fetched: neither waits for the other.</summary>
    private async Task<(ExecutorProcess Executor, Dictionary<string, string> Inputs)> PrepareAsync()
    {
        var starting = _executors.GetAsync(_stop.Token);
        try
        {
            var inputs = await _inputs.LayOutAsync(_lease, _folder, _log.Write, _stop.Token);
            await _services.UploadsIn(_settings.DataFolder).LayOutAsync(_lease.Spec.Uploads(), _stop.Token);
            return (await starting, inputs);
        }
        finally
        {
            // The slot starts one at a time.
            await starting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<RunOutcome> RunFromBestPointAsync(ExecutorProcess executor, Dictionary<string, string> inputs)
    {
        var points = _services.ResumePoints.OfAsync(_lease, _folder.Path, _log.Write, _stop.Token);
        await foreach (var point in points.WithCancellation(_stop.Token))
        {
            _log.Write($"Starting from {point.Words}");
            if (!point.IsNamed) _keeper.Note($"the checkpoint at step {_lease.Checkpoint!.Step} cannot be used; starting from {point.Words}");
            var outcome = await RunAsync(executor, RequestOf(executor, inputs, point));
            if (outcome.End != RunEnd.CheckpointRefused) return outcome;
            _log.Write($"Cannot resume from {point.Words}: {outcome.Message}");
        }
        throw new AttemptException(Contracts.Jobs.FailureCause.Invalid, "The executor refused to start from the beginning.");
    }

    private RunRequest RequestOf(ExecutorProcess executor, Dictionary<string, string> inputs, ResumePoint point) => new()
    {
        JobId = _lease.JobId,
        Epoch = _lease.Epoch,
        Spec = _lease.Spec,
        Inputs = inputs,
        InputDigests = _lease.Inputs,
        WorkFolder = _folder.Sub($"run-{Guid.NewGuid():N}"),
        DataFolder = _settings.DataFolder,
        Secrets = Secrets(),
        HubOffline = _settings.HubOffline,
        Checkpoint = point.File,
        Device = executor.Device,
        Threads = executor.Environment.Threads,
        BatchParts = Math.Max(1, _lease.BatchParts),
    };

    /// <summary>Those that the job's data set names, and no others.</summary>
    private Dictionary<string, string> Secrets()
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var address = _lease.Spec.Examples() is { } data ? DatasetAddress.Parse(data.Dataset.Location) : null;
        foreach (var name in address?.Secrets() ?? [])
        {
            // Settings' names have no case.
            if (_settings.Secrets.FirstOrDefault(secret => secret.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { } value) secrets[name] = value;
        }
        return secrets;
    }

    /// <summary>Runs until the executor answers. Asked to stop it gets time to; when the attempt must end it is killed.</summary>
    private async Task<RunOutcome> RunAsync(ExecutorProcess executor, RunRequest request)
    {
        var run = executor.RunAsync(request, new AttemptEvents(_keeper, _checkpoints, _log, _watch));
        _watch.Begin();
        using var patience = new CancellationTokenSource();
        using var mustEnd = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token, patience.Token);
        var asked = AskToStopAsync();
        try
        {
            return await run.WaitAsync(mustEnd.Token);
        }
        catch (OperationCanceledException) when (mustEnd.IsCancellationRequested)
        {
            await executor.KillAsync();
            await run.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        finally
        {
            await patience.CancelAsync();
            await asked;
        }

        async Task AskToStopAsync()
        {
            await Until(_stop.Token, patience.Token);
            if (patience.IsCancellationRequested || _abort.IsCancellationRequested) return;
            _log.Write(HasHung ? $"No progress for {_settings.HangAfter.TotalSeconds:0.#} s, {_watch.Where}: requesting a checkpoint and a stop" : "Requesting a checkpoint and a stop");
            var threads = ThreadStates.Of(executor.Id);
            await executor.StopRunAsync();
            await Task.Delay(_settings.Patience, _services.Time, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (patience.IsCancellationRequested) return;
            foreach (var line in ThreadStates.Of(executor.Id).Since(threads)) _log.Write($"Not stopping: {line}");
            _log.Write($"Not stopped within {_settings.Patience.TotalSeconds:0.#} s: killed");
            await patience.CancelAsync();
        }
    }

    private static async Task Until(CancellationToken one, CancellationToken other)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(one, other);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
