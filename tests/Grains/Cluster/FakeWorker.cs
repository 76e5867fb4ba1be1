using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A worker that says what it is told to say.</summary>
internal sealed class FakeWorker(PtuneCluster cluster, string id, string pool = "default", double? memory = null)
{
    public string Id => id;

    public Task<Lease?> AcquireAsync(params string[] warm) => cluster.Pool(pool).Acquire(new AcquireRequest(id, "cpu", warm, memory));

    public Task<HeartbeatReply> BeatAsync(Lease lease, long step, StoredCheckpoint? checkpoint = null) =>
        cluster.Job(lease.JobId).Heartbeat(new Heartbeat(id, lease.Epoch, new JobProgress(step, 100, 0.5, 10), checkpoint));

    public Task<AttemptReply> CompleteAsync(Lease lease, JobResult? result = null) =>
        cluster.Job(lease.JobId).Complete(new AttemptCompletion(id, lease.Epoch, result ?? Sample.Result(lease.JobId)));

    public Task<AttemptReply> FailAsync(Lease lease, FailureCause cause) => cluster.Job(lease.JobId).Fail(new AttemptFailure(id, lease.Epoch, cause, "it broke"));

    public Task<AttemptReply> ReleaseAsync(Lease lease, StoredCheckpoint? checkpoint = null) =>
        cluster.Job(lease.JobId).Release(new AttemptRelease(id, lease.Epoch, checkpoint, "stopping"));
}
