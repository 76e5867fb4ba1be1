using System.Diagnostics;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Recovery.Bench;

/// <summary>One long training job on a cluster whose parts are killed under it.</summary>
internal sealed class ClusterKills : IAsyncDisposable
{
    /// <summary>What a job may lose in a row by default; see JobsOptions.InfrastructureTries.</summary>
    public const int MostKills = 20;

    private readonly Cluster _cluster;
    private readonly string _job;

    private ClusterKills(Cluster cluster, string job) => (_cluster, _job) = (cluster, job);

    /// <summary>The silo that was started last answers.</summary>
    private Api Api => _cluster.Apis[^1];

    public static async Task<ClusterKills> StartAsync(string folder, Build build)
    {
        var cluster = await Cluster.StartAsync(folder, workers: 2, build: build);
        var reading = SpecReader.Read(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples", "pretraining.yaml")));
        var spec = (PretrainingSpec)reading.Spec!;
        var job = await cluster.Apis[^1].SubmitJobAsync(spec with
        {
            Recipe = spec.Recipe with { Epochs = 100_000 },
            // As many as the rounds may kill.
            Scheduling = spec.Scheduling with { MaxAttempts = MostKills },
        });
        return new ClusterKills(cluster, job.JobId);
    }

    /// <summary>The other worker has no executor yet, unless it has had the job before and keeps it warm.</summary>
    public async Task<Phases> WorkerAsync()
    {
        // An attempt that has kept something: after several that have not, the job waits before it is tried again.
        var before = await UntilAsync(j => j.Progress is not null && j.Checkpoint?.Epoch == j.Epoch);
        var process = (await Api.WorkersAsync()).Single(w => w.WorkerId == before.Worker).Report.ProcessId;
        var (clock, killed) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        _cluster.Workers.Single(w => w.Id == process).Kill();
        var after = await UntilAsync(j => j.Epoch > before.Epoch && j.Progress is not null);
        var seconds = clock.Elapsed.TotalSeconds;
        _cluster.StartWorker();
        return Phases.Of(after, await LogAsync(after.Epoch), killed, seconds);
    }

    public async Task<double> SiloAsync()
    {
        await UntilAsync(j => j.Progress is not null);
        await _cluster.StartSiloAsync();
        var before = await UntilAsync(j => j.Progress is not null);
        var clock = Stopwatch.StartNew();
        _cluster.Silos[^2].Kill();
        await UntilAsync(j => j.Epoch > before.Epoch || j.Progress?.Step > before.Progress!.Step);
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>The attempt's log, once it says where it began: lines are stored a second at a time.</summary>
    private Task<string> LogAsync(long attempt) => Eventually.ValueAsync(
        "the log says where the attempt begins",
        () => Api.TextAsync($"{Routes.JobLogs.Replace("{id}", _job, StringComparison.Ordinal)}?attempt={attempt}"),
        text => text.Contains("Starting from", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task<JobView> UntilAsync(Func<JobView, bool> wanted)
    {
        JobView? job = null;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(3);)
        {
            try
            {
                job = await Api.JobAsync(_job);
                if (wanted(job)) return job;
                if (job.Status.IsFinal) break;
            }
            catch (HttpRequestException)
            {
                // The silo looks for its grains again; that is what is measured.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
        throw new InvalidOperationException($"It did not go on: {job?.Status}, {job?.Message}\n{string.Join('\n', job?.Timeline.Select(e => $"{e}") ?? [])}\n{_cluster.Output}");
    }
}
