using Ptune.Contracts.Jobs;
using Ptune.Protocol;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

/// <summary>Where a run's events go.</summary>
internal sealed class AttemptEvents(LeaseKeeper keeper, CheckpointUploader checkpoints, AttemptLog log, ProgressWatch watch) : IRunListener
{
    public void Progress(JobProgress progress)
    {
        watch.Step(progress.Step);
        keeper.Tell(progress);
    }

    public void Checkpoint(CheckpointFile checkpoint)
    {
        watch.Sign();
        checkpoints.Offer(checkpoint);
    }

    public void Log(string line)
    {
        watch.Sign();
        log.Write(line);
    }
}
