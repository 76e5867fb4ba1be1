using Ptune.Contracts.Jobs;
using Ptune.Protocol;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

/// <summary>Where a run's events go.</summary>
internal sealed class AttemptEvents(LeaseKeeper keeper, CheckpointUploader checkpoints, AttemptLog log) : IRunListener
{
    public void Progress(JobProgress progress) => keeper.Tell(progress);

    public void Checkpoint(CheckpointFile checkpoint) => checkpoints.Offer(checkpoint);

    public void Log(string line) => log.Write(line);
}
