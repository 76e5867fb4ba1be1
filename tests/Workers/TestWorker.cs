using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Messages;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;
using Ptune.Supervisor;
using Ptune.Workers.Tests.Fakes;

namespace Ptune.Workers.Tests;

/// <summary>A worker in this process, with real child processes, between fake grains and a store in memory.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly TemporaryFolder _cache;
    private readonly IHost _host;

    private TestWorker(WorkerOptions options, HubOptions? hub, TemporaryFolder cache, MemoryBlobs blobs, bool endsHost)
    {
        _cache = cache;
        Blobs = blobs;
        (var factory, Grains) = FakeGrains.Create();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(factory);
        builder.Services.AddSingleton<IBlobStore>(blobs);
        builder.Services.AddSingleton<ArtifactStore>().AddSingleton<CheckpointStore>().AddSingleton<LogStore>();
        builder.Services.AddSupervisor(options with { Cache = cache.Location, Executor = options.Executor ?? Programs.FakeExecutor, Id = "worker-1" }, hub, endsHost);
        _host = builder.Build();
    }

    public FakeGrains Grains { get; }

    public MemoryBlobs Blobs { get; }

    public ArtifactStore Artifacts => _host.Services.GetRequiredService<ArtifactStore>();

    public IWorkListener Listener => _host.Services.GetRequiredService<IWorkListener>();

    public CancellationToken Stopping => _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    public string DataFolder => Path.Combine(_cache.Location, "data");

    public string AttemptsFolder => Path.Combine(_cache.Location, "attempts", "worker-1");

    /// <summary>One slot; it polls often, so that tests need not ring.</summary>
    public static WorkerOptions Defaults => new() { Executors = 1, PollInterval = TimeSpan.FromMilliseconds(100), LogInterval = TimeSpan.FromMilliseconds(50) };

    public static async Task<TestWorker> StartAsync(WorkerOptions? options = null, MemoryBlobs? blobs = null, bool endsHost = false, HubOptions? hub = null)
    {
        var worker = Create(options, blobs, endsHost, hub);
        await worker.StartAsync();
        return worker;
    }

    public static TestWorker Create(WorkerOptions? options = null, MemoryBlobs? blobs = null, bool endsHost = false, HubOptions? hub = null) =>
        new(options ?? Defaults, hub, new TemporaryFolder("worker"), blobs ?? new MemoryBlobs(), endsHost);

    public Task StartAsync() => _host.StartAsync();

    public static string NewJobId() => $"default.{Guid.NewGuid():N}";

    /// <summary>Puts a job into the pool whose executor does what the script's name says.</summary>
    public FakeJob Put(string script, Func<Lease, Lease>? change = null)
    {
        var lease = new Lease(NewJobId(), script, 3, new NoOpSpec { Name = script }, [], null, TimeSpan.FromSeconds(30));
        lease = change?.Invoke(lease) ?? lease;
        var job = Grains.Job(lease.JobId);
        Grains.Pool.Put(lease);
        return job;
    }

    public async Task<int> ExecutorIdAsync() =>
        await Eventually.ValueAsync("an executor runs", () => Task.FromResult(int.Parse(File.ReadAllText(Path.Combine(DataFolder, "pid")))), _ => true);

    /// <summary>All that the attempts of the jobs have logged.</summary>
    public string Log() => string.Concat(Blobs.Under("logs/").Select(name => System.Text.Encoding.UTF8.GetString(Blobs[name])));

    public async Task<string> MadeAsync(AttemptCompletion completion)
    {
        var manifest = await Artifacts.GetManifestAsync(completion.Result.Artifact);
        var file = Assert.Single(manifest.Files, file => file.Path == "made.txt");
        return System.Text.Encoding.UTF8.GetString(Blobs[Contracts.Artifacts.BlobNames.Content(file.Digest)]);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _cache.Dispose();
    }
}
