using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;

namespace Ptune.Sweep.Bench;

/// <summary>Takes jobs and says at once that they are done.</summary>
internal sealed class FakeWorker(IGrainFactory grains, Bell bell, string id)
{
    private static readonly ExecutionEnvironment s_environment = new("cpu", 1, "a processor", "0", "net", "os");

    public async Task WorkAsync(CancellationToken done)
    {
        var pool = grains.GetGrain<IPoolGrain>("default");
        try
        {
            while (!done.IsCancellationRequested)
            {
                if (await pool.Acquire(new AcquireRequest(id, "cpu", [])) is { } lease) await CompleteAsync(lease);
                else await bell.WaitAsync(done);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The sweep has ended.
        }
    }

    private Task<AttemptReply> CompleteAsync(Lease lease) => grains.GetGrain<IJobGrain>(lease.JobId).Complete(new AttemptCompletion(id, lease.Epoch, new JobResult
    {
        Artifact = Digest.Of(lease.JobId),
        Kind = lease.Spec is ScoringSpec ? ArtifactKind.Scores : ArtifactKind.Model,
        Metrics = new() { [MetricNames.Accuracy] = 0.5, [MetricNames.Count] = 100 },
        Measurements = [],
        Curve = [],
        Environment = s_environment,
        Seconds = 0,
    }));
}
