using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;

namespace Ptune.WebConsole.Tests.Support;

/// <summary>A worker moved by hand: what a real one says to the grains, without tensors.</summary>
public sealed class HandWorker(ConsoleServer server, string pool, string? id = null)
{
    public string Id { get; } = id ?? $"hand-{Guid.NewGuid():n}";

    public async Task<HandWorker> ReportAsync(params string[] running)
    {
        await server.Grains.GetGrain<IWorkerGrain>(Id).Report(new WorkerReport(pool, "host", 1, "cpu", 1, 1, "0", running));
        return this;
    }

    public Task<Lease> AcquireAsync() => Eventually.ValueAsync(
        $"pool {pool} gives a lease", () => server.Grains.GetGrain<IPoolGrain>(pool).Acquire(new AcquireRequest(Id, "cpu", [])), lease => lease is not null)!;

    public Task<HeartbeatReply> ProgressAsync(Lease lease, long step, long total, double loss) =>
        server.Grains.GetGrain<IJobGrain>(lease.JobId).Heartbeat(new Heartbeat(Id, lease.Epoch, new JobProgress(step, total, loss, 100), null));

    public Task LogAsync(Lease lease, int piece, string text) => server.Services.GetRequiredService<LogStore>().AppendAsync(lease.JobId, lease.Epoch, piece, text);

    public Task<AttemptReply> FailAsync(Lease lease, string message, FailureCause cause = FailureCause.Invalid) =>
        server.Grains.GetGrain<IJobGrain>(lease.JobId).Fail(new AttemptFailure(Id, lease.Epoch, cause, message));
}
