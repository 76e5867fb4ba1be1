using Ptune.Contracts.Jobs;
using Ptune.Protocol;

namespace Ptune.Supervisor.Executors;

/// <summary>Whom a run's events are told. Calls return fast.</summary>
internal interface IRunListener
{
    void Progress(JobProgress progress);

    void Checkpoint(CheckpointFile checkpoint);

    void Log(string line);
}
