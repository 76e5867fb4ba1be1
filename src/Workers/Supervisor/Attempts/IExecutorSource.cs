using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

/// <summary>Where an attempt gets its executor from.</summary>
internal interface IExecutorSource
{
    /// <exception cref="ExecutorLostException">None can be started.</exception>
    Task<ExecutorProcess> GetAsync(CancellationToken cancellation);
}
