using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Storage;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Messages;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Sweeps;
using Ptune.Fixtures;
using Ptune.Grains;
using Ptune.Grains.Hosting;
using Ptune.Storage;

namespace Ptune.Sweep.Bench;

/// <summary>One sweep through the real grains on a real embedded store; workers that compute nothing do its jobs.</summary>
internal static class EmbeddedSweep
{
    private const int Workers = 4;

    public static async Task<string> RunAsync(string folder, int trials, int parallel)
    {
        var store = Path.Combine(folder, "store");
        var meter = new StateMeter();
        var bell = new Bell();
        using var host = Build(store, meter, bell);
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var submission = new SweepSubmission("default", Spec(trials, parallel), [], null);
        var sweep = grains.GetGrain<ISweepGrain>(new SweepPlanner("default", submission.Spec, submission.Resolved).SweepId);

        var process = Process.GetCurrentProcess();
        var (watch, processor) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var view = await sweep.Submit(submission);
        using var done = new CancellationTokenSource();
        var working = Enumerable.Range(0, Workers).Select(i => new FakeWorker(grains, bell, $"worker-{i}").WorkAsync(done.Token)).ToArray();
        while (!view.Status.IsFinal) view = await sweep.Watch(view.Version) ?? view;
        var (wall, used) = (watch.Elapsed, process.TotalProcessorTime - processor);
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        await done.CancelAsync();
        await Task.WhenAll(working);
        await host.StopAsync();
        if (view.Status != JobStatus.Succeeded) throw new InvalidOperationException($"The sweep ended as {view.Status}: {view.Message}");
        return FormattableString.Invariant(
            $"{trials,6} trials: {wall.TotalSeconds,6:0.0} s, {wall.TotalMilliseconds / trials,6:0.0} ms a trial, {used.TotalMilliseconds / trials,6:0.0} ms of processor time; the sweep's state {Size(store) / 1024.0,6:0} KiB, written {meter.Writes,6} times in {meter.Spent.TotalSeconds,5:0.0} s; heap {heap / 1_000_000.0:0} MB");
    }

    private static IHost Build(string store, StateMeter meter, Bell bell)
    {
        var ports = FreePorts.Take(1);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddEmbeddedStorage(store).AddSingleton<IWorkAnnouncer>(bell);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports[0], 0).AddEmbeddedGrainStorage().AddPtuneGrains();
            var inner = silo.Services.Last(d => d.IsKeyedService && d.ServiceType == typeof(IGrainStorage) && Equals(d.ServiceKey, GrainStorageNames.State));
            silo.Services.Remove(inner);
            silo.Services.AddKeyedSingleton<IGrainStorage>(GrainStorageNames.State, (services, key) => meter.Over((IGrainStorage)inner.KeyedImplementationFactory!(services, key)));
        });
        return builder.Build();
    }

    private static SweepSpec Spec(int trials, int parallel) => new()
    {
        Name = "large",
        Job = new PretrainingSpec
        {
            Data = new DataSpec { Dataset = Dataset, Split = Split.Pretraining, Count = 10 },
            Architecture = new MlpSpec(),
            Recipe = new TrainingRecipe { Epochs = 1 },
        },
        Vary = new() { ["recipe.learningRate"] = new SweepRange { Min = 0.0001, Max = 1 } },
        Method = SweepMethod.Random,
        Trials = trials,
        Parallel = parallel,
    };

    private static ImageDatasetSpec Dataset { get; } = new()
    {
        Name = "none",
        Location = "/nowhere",
        Files = new IdxFiles { TrainImages = File("a"), TrainLabels = File("b"), TestImages = File("c"), TestLabels = File("d") },
        Labels = ["even", "odd"],
    };

    private static DataFile File(string name) => new() { Path = name, Sha256 = new string('0', 64) };

    /// <summary>Bytes of the sweep's state in the store.</summary>
    private static long Size(string store)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store, "store.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(length(json)) FROM grain_states WHERE name = 'sweep'";
        return (long)command.ExecuteScalar()!;
    }
}
