using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;

namespace Ptune.Grains.Workers;

/// <summary>It has no state: each silo answers by itself.</summary>
[StatelessWorker, GrainType("workerblobs")]
internal sealed class WorkerBlobsGrain(IServiceProvider services) : Grain, IWorkerBlobsGrain
{
    private IBlobStore Blobs => services.GetRequiredService<IBlobStore>();

    public Task<BlobAccess> Issue() => services.GetService<IBlobAccessIssuer>() is { } issuer
        ? issuer.IssueAsync()
        : throw new InvalidOperationException("This server keeps its blobs in a folder: there is no access to issue.");

    public Task<bool> Renew(string name) => name.StartsWith(BlobNames.Contents, StringComparison.Ordinal)
        ? Blobs.RenewAsync(name)
        : throw new ArgumentException($"'{name}' is not the name of content.", nameof(name));

    public async Task<bool> RemoveCheckpoint(string name)
    {
        if (!name.StartsWith(BlobNames.Checkpoints, StringComparison.Ordinal) || name[BlobNames.Checkpoints.Length..].Split('/') is not [var jobId, _])
            throw new ArgumentException($"'{name}' is not the name of a checkpoint.", nameof(name));
        var job = await GrainFactory.GetGrain<IJobGrain>(jobId).Get();
        bool isNeeded = job is { Status: not JobStatus.Succeeded } && (job.Checkpoint is not { } named || string.CompareOrdinal(name, named.Blob) >= 0);
        if (!isNeeded) await Blobs.DeleteAsync(name);
        return !isNeeded;
    }
}
