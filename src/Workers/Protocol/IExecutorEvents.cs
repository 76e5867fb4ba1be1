using Ptune.Contracts.Jobs;
using StreamJsonRpc;

namespace Ptune.Protocol;

/// <summary>What an executor tells while a job runs; nobody answers but <see cref="SettleAsync"/>.</summary>
[JsonRpcContract]
public partial interface IExecutorEvents
{
    /// <summary>How far the job is.</summary>
    void Progress(JobProgress progress);

    /// <summary>A checkpoint was written. The file is the supervisor's from now on: nobody else changes or removes it.</summary>
    void Checkpoint(CheckpointFile checkpoint);

    /// <summary>A line for the job's log.</summary>
    void Log(string line);

    /// <summary>Answers when every event before it was taken.</summary>
    Task SettleAsync();
}
