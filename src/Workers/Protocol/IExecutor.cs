using Ptune.Contracts.Jobs;
using StreamJsonRpc;

namespace Ptune.Protocol;

/// <summary>What a supervisor may ask of an executor: one process, one device, one job at a time.</summary>
[JsonRpcContract]
public partial interface IExecutor
{
    /// <summary>Looks at the device and says what jobs would run on.</summary>
    /// <exception cref="RemoteInvocationException">The device or its libraries are missing; the message says which.</exception>
    Task<ExecutionEnvironment> DescribeAsync(string device, int threads, CancellationToken cancellation);

    /// <summary>Runs a job to its end, or until <see cref="StopAsync"/>. What goes wrong with the job is in the outcome.</summary>
    Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancellation);

    /// <summary>Asks the running job for a checkpoint and a stop; <see cref="RunAsync"/> then answers. Nothing when none runs.</summary>
    Task StopAsync();
}
