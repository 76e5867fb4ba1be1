using Ptune.Contracts.Jobs;
using Ptune.Protocol;

namespace Ptune.Supervisor.Executors;

/// <summary>Hands an executor's events to the run that it is on; between runs they go nowhere.</summary>
internal sealed class ExecutorEvents : IExecutorEvents
{
    private volatile IRunListener? _listener;

    public void Follow(IRunListener? listener) => _listener = listener;

    public void Progress(JobProgress progress) => _listener?.Progress(progress);

    public void Checkpoint(CheckpointFile checkpoint) => _listener?.Checkpoint(checkpoint);

    public void Log(string line) => _listener?.Log(line);

    public Task SettleAsync() => Task.CompletedTask;
}
