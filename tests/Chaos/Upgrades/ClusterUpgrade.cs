using System.Diagnostics;
using Ptune.Chaos.Tests.Rig;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests.Upgrades;

/// <summary>Two silos and a worker of one build, replaced one after the other by another's during a study.</summary>
internal sealed class ClusterUpgrade(string what, Build from, Build to, string spec, StudyFiles expected)
{
    // As in production: much longer than a silo takes to hand its grains over.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly List<TimeSpan> _steps = [];
    private readonly List<string> _story = [];
    private int _restarted;

    public async Task<UpgradeResult> RunAsync(string folder)
    {
        var took = Stopwatch.StartNew();
        await using var cluster = await Cluster.StartAsync(folder, workers: 1, s_lease, from);
        try
        {
            return await RunAsync(cluster, took);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{e.Message}\n{cluster.Output}", e);
        }
    }

    private async Task<UpgradeResult> RunAsync(Cluster cluster, Stopwatch took)
    {
        using var client = new RetryingClient(() => cluster.Apis.Where((_, i) => !cluster.Silos[i].HasExited).Select(a => a.Url).Reverse(), "default");
        var states = await OldStates.WriteAsync(client);
        var study = await client.SubmitStudyAsync(spec);

        cluster.Build = to;
        for (var i = 0; i < 2; i++) await ReplaceSiloAsync(cluster, client, study.StudyId, i);
        var moved = await ReplaceWorkerAsync(cluster, client, study.StudyId);

        var end = await StudyFiles.OfAsync(client, study.StudyId);
        var lost = end.Jobs.Where(j => j.Status != JobStatus.Succeeded).ToArray();
        // Of the worker's leaving one more attempt, without a failure; nothing else is a reason for any.
        var again = end.Jobs.Where(j => j.Failures > 0 || j.Epoch > (j.JobId == moved ? 2 : 1)).ToArray();
        var unequal = end.UnequalTo(expected).ToArray();
        _story.AddRange(lost.Concat(again).Concat(unequal).Distinct().Select(Tales.Of));
        var good = await states.GoodAsync(client, _story);
        return new UpgradeResult(
            what, end.Jobs.Length, lost.Length, Math.Max(_restarted, again.Length), end.Jobs.Count(j => j.Epoch > 1), unequal.Length, (good, states.Count), _steps, took.Elapsed, string.Join('\n', _story));
    }

    /// <summary>As a deployment does: the new one takes part before the old one is told to leave.</summary>
    private async Task ReplaceSiloAsync(Cluster cluster, RetryingClient client, string study, int index)
    {
        await StudyFiles.MidwayAsync(client, study, steps: 0);
        await cluster.StartSiloAsync();
        var before = await StudyFiles.MidwayAsync(client, study, steps: 0);
        var watch = Stopwatch.StartNew();
        cluster.Silos[index].Signal(15);
        var after = await Eventually.ValueAsync($"{before.Name} goes on", () => client.JobAsync(before.JobId), j => j.Status.IsFinal || j.Progress?.Step > before.Progress!.Step || j.Epoch != before.Epoch, s_limit);
        _steps.Add(watch.Elapsed);
        if (await cluster.Silos[index].ExitAsync() is not 0 and var code) _story.Add($"silo {index} left with exit code {code}");
        if (after.Epoch == before.Epoch) return;
        _restarted++;
        _story.Add(Tales.Of(after));
    }

    /// <summary>The old worker checkpoints and gives its job back.</summary>
    /// <returns>The job that it had.</returns>
    private async Task<string> ReplaceWorkerAsync(Cluster cluster, RetryingClient client, string study)
    {
        var before = await StudyFiles.MidwayAsync(client, study, steps: 20);
        cluster.StartWorker();
        var watch = Stopwatch.StartNew();
        cluster.Workers[0].Signal(15);
        if (await cluster.Workers[0].ExitAsync() is not 0 and var code) _story.Add($"the worker left with exit code {code}");
        var after = await Eventually.ValueAsync($"{before.Name} goes on", () => client.JobAsync(before.JobId), j => j.Status.IsFinal || (j.Epoch > before.Epoch && j.Progress is not null), s_limit);
        _steps.Add(watch.Elapsed);
        // It went on where it stood, not at the start.
        if (after.Epoch > before.Epoch && after.Checkpoint is null && !after.Status.IsFinal) _story.Add($"{after.Name} began at the start\n{Tales.Of(after)}");
        return before.JobId;
    }
}
