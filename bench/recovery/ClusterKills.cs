using System.Diagnostics;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Recovery.Bench;

/// <summary>One long training job on a cluster whose parts are killed under it.</summary>
internal sealed class ClusterKills : IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly string _job;

    private ClusterKills(Cluster cluster, string job) => (_cluster, _job) = (cluster, job);

    /// <summary>The silo that was started last answers.</summary>
    private Api Api => _cluster.Apis[^1];

    public static async Task<ClusterKills> StartAsync(string folder)
    {
        var cluster = await Cluster.StartAsync(folder, workers: 2);
        var reading = SpecReader.Read(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples", "pretraining.yaml")));
        var spec = (PretrainingSpec)reading.Spec!;
        var job = await cluster.Apis[^1].SubmitJobAsync(spec with { Recipe = spec.Recipe with { Epochs = 100_000 } });
        return new ClusterKills(cluster, job.JobId);
    }

    /// <summary>Seconds beyond the lease.</summary>
    public async Task<double> WorkerAsync()
    {
        var before = await UntilAsync(j => j.Progress is not null);
        var process = (await Api.WorkersAsync()).Single(w => w.WorkerId == before.Worker).Report.ProcessId;
        var clock = Stopwatch.StartNew();
        _cluster.Workers.Single(w => w.Id == process).Kill();
        await UntilAsync(j => j.Epoch > before.Epoch && j.Progress is not null);
        var seconds = clock.Elapsed.TotalSeconds;
        _cluster.StartWorker();
        return seconds - Cluster.LeaseDuration.TotalSeconds;
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
