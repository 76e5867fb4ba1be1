using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Fixtures;
using Ptune.Storage;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Tests.Support;

/// <summary>A worker moved by hand: what a real one says to the grains and puts into the store, without tensors.</summary>
public sealed class HandWorker : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TemporaryFolder _files = new("hand");

    private HandWorker(IHost host) => _host = host;

    public string Id { get; } = $"hand-{Guid.NewGuid():n}";

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public LogStore Logs => _host.Services.GetRequiredService<LogStore>();

    public static async Task<HandWorker> ConnectAsync(RunningServer server)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddEmbeddedBlobs(server.Store);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(server.GatewayPort, "ptune", "ptune"));
        var worker = new HandWorker(builder.Build());
        await worker._host.StartAsync();
        return worker;
    }

    public Task ReportAsync(string pool) =>
        Grains.GetGrain<IWorkerGrain>(Id).Report(new WorkerReport(pool, "host", 1, "cpu", 1, 1, "0", []));

    /// <summary>The pool's next job; asks again while the pool is still taking it in.</summary>
    public Task<Lease> AcquireAsync(string pool) => Eventually.ValueAsync(
        $"pool {pool} gives a lease", () => Grains.GetGrain<IPoolGrain>(pool).Acquire(new AcquireRequest(Id, "cpu", [])), lease => lease is not null)!;

    public Task<HeartbeatReply> ProgressAsync(Lease lease, long step, long total) =>
        Grains.GetGrain<IJobGrain>(lease.JobId).Heartbeat(new Heartbeat(Id, lease.Epoch, new JobProgress(step, total, 0.5, 100), null));

    /// <summary>Stores an artifact with one file and completes the attempt with it.</summary>
    public async Task<StoredArtifact> CompleteAsync(Lease lease, ArtifactKind kind, string[]? labels = null, Dictionary<string, double>? metrics = null, string? content = null, double seconds = 1, string? family = null, string? baseModel = null)
    {
        var folder = _files.Subfolder(Guid.NewGuid().ToString("n"));
        await File.WriteAllTextAsync(Path.Combine(folder, "weights.txt"), content ?? $"weights of {lease.JobId}");
        var space = labels is null ? null : Contracts.Identity.OutputSpace.OfLabels(labels);
        var stored = await _host.Services.GetRequiredService<ArtifactStore>().PutAsync(folder, new ArtifactManifest
        {
            Kind = kind,
            JobId = lease.JobId,
            Files = [],
            Recipe = lease.Spec,
            OutputSpace = space,
            Labels = labels,
            Inputs = baseModel is null ? lease.Inputs : new() { ["base"] = baseModel },
            Attributes = family is null ? [] : new() { [AttributeNames.Family] = family },
            Metrics = metrics ?? [],
        });
        var reply = await Grains.GetGrain<IJobGrain>(lease.JobId).Complete(new AttemptCompletion(Id, lease.Epoch, new JobResult
        {
            Artifact = stored.Digest,
            Metrics = metrics ?? [],
            Measurements = [],
            Curve = [],
            Environment = new ExecutionEnvironment("cpu", 1, "hand", "none", "10", "linux"),
            Seconds = seconds,
            ArtifactBytes = stored.Bytes,
            OutputSpace = space,
            Kind = kind,
        }));
        Assert.Equal(AttemptReply.Accepted, reply);
        return stored;
    }

    public Task PublishAsync(string tenant, string alias, string digest)
    {
        var (key, version) = RegistryKeys.Of(tenant, alias);
        return Grains.GetGrain<IRegistryGrain>(key).Publish(version, digest);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _files.Dispose();
    }
}
