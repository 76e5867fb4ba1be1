using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Messages;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>The real grains in a real silo; stores and bus are in memory, and the grains' clock stands still until a test moves it.</summary>
internal sealed class PtuneCluster : IAsyncDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private InProcessTestCluster _cluster = null!;

    public MemoryStorage Storage { get; } = new();

    public MemoryCatalog Catalog { get; } = new();

    public MemoryAuditStore Audit { get; } = new();

    public RecordingBlobs Blobs { get; } = new();

    public RecordingAnnouncer Bus { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The clocks of the silo; its wall clock can be set.</summary>
    public SteppingTime Clock { get; private set; } = null!;

    /// <summary>Called when a call has come to a grain, in the grain's own turn.</summary>
    public Action<IIncomingGrainCallContext> BeforeCall { get; set; } = _ => { };

    /// <summary>Awaited before the answer to a call of a grain leaves its silo.</summary>
    public Func<IIncomingGrainCallContext, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the host says that jobs are likely to take, in bytes; null: it does not know.</summary>
    public Func<JobSpec, long?> Estimates { get; set; } = _ => null;

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Orleans => _cluster;

    public static async Task<PtuneCluster> StartAsync(Action<JobsOptions>? configure = null, bool isInRealTime = false, short silos = 1)
    {
        var cluster = new PtuneCluster();
        cluster.Clock = new SteppingTime(isInRealTime ? TimeProvider.System : cluster.Time);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => cluster.Configure(silo, configure, isInRealTime));
        cluster._cluster = builder.Build();
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public IJobGrain Job(string id) => Grains.GetGrain<IJobGrain>(id);

    public IPoolGrain Pool(string name = "default") => Grains.GetGrain<IPoolGrain>(name);

    public IStudyGrain Study(string id) => Grains.GetGrain<IStudyGrain>(id);

    public Task<JobView> SubmitAsync(JobSpec spec, string asker = "ann") => Job(Sample.Id(spec)).Submit(new JobSubmission(spec, asker, spec.Name));

    /// <summary>Waits, on events only, until the job is as wanted.</summary>
    public async Task<JobView> UntilAsync(string jobId, Func<JobView, bool> wanted)
    {
        var view = await Job(jobId).Get();
        while (view is null || !wanted(view)) view = await Job(jobId).Watch(view?.Version ?? 0);
        return view;
    }

    public async Task<SweepView> UntilAsync(ISweepGrain sweep, Func<SweepView, bool> wanted)
    {
        var view = await sweep.Get();
        while (view is null || !wanted(view)) view = await sweep.Watch(view?.Version ?? 0);
        return view;
    }

    public async Task<StudyView> UntilAsync(IStudyGrain study, Func<StudyView, bool> wanted)
    {
        var view = await study.Get();
        while (view is null || !wanted(view)) view = await study.Watch(view?.Version ?? 0);
        return view;
    }

    /// <summary>Has the worker ask each time that the bus wakes it, until it is given work.</summary>
    public async Task<Lease> UntilAcquiredAsync(FakeWorker worker)
    {
        while (true)
        {
            if (await worker.AcquireAsync() is { } lease) return lease;
            await WokenAsync();
        }
    }

    /// <summary>Waits until the bus wakes a worker. A wake-up that never comes fails the test that waits for it, and does not stop the suite.</summary>
    public async Task WokenAsync()
    {
        using var limit = new CancellationTokenSource(_limit);
        await Bus.Messages.ReadAsync(limit.Token);
    }

    /// <summary>Waits until the pool, which is told in the background, has so many jobs queued.</summary>
    public async Task UntilQueuedAsync(int count)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (await Pool().Get() is var pool && pool.Queued != count)
        {
            Assert.False(limit.IsCancellationRequested, $"The pool has {pool.Queued} jobs queued, and not {count}.");
            await Task.Yield();
        }
    }

    /// <summary>The grain leaves memory, as after a silo's end: the next call reads its state from the store.</summary>
    public Task ForgetAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private void Configure(ISiloBuilder silo, Action<JobsOptions>? configure, bool isInRealTime)
    {
        silo.Services.AddSingleton<TimeProvider>(Clock);
        foreach (var name in isInRealTime ? [] : new[] { TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership, TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory })
            silo.Services.AddKeyedSingleton(name, TimeProvider.System);
        silo.Services.AddSingleton<ICatalog>(Catalog).AddSingleton<IAuditStore>(Audit).AddSingleton<IBlobStore>(Blobs).AddSingleton<IWorkAnnouncer>(Bus).AddSingleton<IMemoryEstimates>(new FakeEstimates(this));
        silo.Services.AddGrainStorage(GrainStorageNames.State, (_, _) => Storage);
        silo.Services.AddLogging(logging => logging.AddFilter("Ptune", LogLevel.Warning).AddFilter("Orleans", LogLevel.Error));
        silo.AddIncomingGrainCallFilter(async call =>
        {
            BeforeCall(call);
            await call.Invoke();
            await BeforeAnswer(call);
        });
        silo.AddPtuneGrains(configure);
    }
}
