using Ptune.Contracts.Jobs;
using Ptune.Executor.Hub;
using Ptune.Learning;
using Ptune.Learning.Jobs;
using Ptune.Protocol;

namespace Ptune.Executor;

/// <summary>Runs jobs with the learning library, one at a time. The library trains on a thread of its own; this one waits for it.</summary>
internal sealed class TorchExecutor(IExecutorEvents events) : IExecutor
{
    // What the learning library calls the folder of an artifact's files.
    private const string OutputFolder = "output";

    private readonly Lock _gate = new();
    private Action? _askToStop;

    public Task<ExecutionEnvironment> DescribeAsync(string device, int threads, CancellationToken cancellation) =>
        Task.Run(() => ComputeDevice.Describe(device, threads), cancellation);

    public async Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        using var stop = new CancellationTokenSource();
        Begin(stop.Cancel);
        try
        {
            var outcome = await Task.Factory.StartNew(() => Run(request, stop.Token), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await events.SettleAsync();
            return outcome;
        }
        finally
        {
            End();
        }
    }

    public Task StopAsync()
    {
        lock (_gate) _askToStop?.Invoke();
        return Task.CompletedTask;
    }

    private RunOutcome Run(RunRequest request, CancellationToken stop)
    {
        try
        {
            return JobRunner.Run(RunOf(request, stop)) switch
            {
                JobOutcome.Completed completed => RunOutcome.Of(Outcomes.Draft(completed, Path.Combine(request.WorkFolder, OutputFolder))),
                JobOutcome.Stopped { Checkpoint: { } file } stopped => RunOutcome.Stopped(CheckpointLinks.Keep(file, stopped.Step, KeptFolder(request))),
                _ => RunOutcome.Stopped(null),
            };
        }
        catch (Exception e)
        {
            return InputWords.In(Outcomes.Of(e, request.Checkpoint), request);
        }
    }

    private JobRun RunOf(RunRequest request, CancellationToken stop) => new()
    {
        JobId = request.JobId,
        Spec = request.Spec,
        Inputs = request.Inputs,
        InputDigests = request.InputDigests,
        DataCacheFolder = request.DataFolder,
        OpenAddress = WebFiles.Open,
        FetchRepository = (source, folder, cancellation) => HubFetches.Fetch(request, source, folder, events.Progress, cancellation),
        Secrets = request.Secrets,
        WorkFolder = request.WorkFolder,
        Checkpoint = request.Checkpoint,
        Device = request.Device,
        Threads = request.Threads,
        BatchParts = request.BatchParts,
        OnCheckpoint = (file, step) => events.Checkpoint(CheckpointLinks.Keep(file, step, KeptFolder(request))),
        // A loss that is no number cannot be shown; where the training ends with one, the result says so.
        OnProgress = progress => events.Progress(progress.Loss is { } loss && !double.IsFinite(loss) ? progress with { Loss = null } : progress),
        OnLine = events.Log,
        Stop = stop,
    };

    private static string KeptFolder(RunRequest request) => Path.Combine(request.WorkFolder, "checkpoints-kept");

    private void Begin(Action askToStop)
    {
        lock (_gate)
        {
            if (_askToStop is not null) throw new InvalidOperationException("A job is already running: an executor runs one at a time.");
            _askToStop = askToStop;
        }
    }

    private void End()
    {
        lock (_gate) _askToStop = null;
    }
}
