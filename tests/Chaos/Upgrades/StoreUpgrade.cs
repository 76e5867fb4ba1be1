using System.Diagnostics;
using Ptune.Chaos.Tests.Rig;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests.Upgrades;

/// <summary>A server of the old build on one machine is stopped in the middle of a study; this build's opens the same store and goes on.</summary>
internal sealed class StoreUpgrade(Build old, string spec, StudyFiles expected)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    public async Task<UpgradeResult> RunAsync(string folder)
    {
        var took = Stopwatch.StartNew();
        var store = Path.Combine(folder, "upgraded-store");
        var story = new List<string>();
        var (studyId, before, states) = await HalfAsync(store, story);

        var watch = Stopwatch.StartNew();
        await using var server = await Embedded.StartAsync(store, executors: 1);
        using var client = new RetryingClient(() => [server.Api.Url], "default");
        await Eventually.ValueAsync($"{before.Name} goes on", () => client.JobAsync(before.JobId), j => j.Status.IsFinal || (j.Epoch > before.Epoch && j.Progress is not null), s_limit);
        var step = watch.Elapsed;
        var end = await StudyFiles.OfAsync(client, studyId);
        var lost = end.Jobs.Where(j => j.Status != JobStatus.Succeeded).ToArray();
        var again = end.Jobs.Where(j => j.Failures > 0 || j.Epoch > (j.JobId == before.JobId ? 2 : 1)).ToArray();
        var unequal = end.UnequalTo(expected).ToArray();
        story.AddRange(lost.Concat(again).Concat(unequal).Distinct().Select(Tales.Of));
        var good = await states.GoodAsync(client, story);
        return new UpgradeResult(
            "a server, its store kept", end.Jobs.Length, lost.Length, again.Length, end.Jobs.Count(j => j.Epoch > 1), unequal.Length, (good, states.Count), [step], took.Elapsed, string.Join('\n', story));
    }

    private async Task<(string Study, JobView Running, OldStates States)> HalfAsync(string store, List<string> story)
    {
        await using var server = await Embedded.StartAsync(store, executors: 1, old);
        using var client = new RetryingClient(() => [server.Api.Url], "default");
        var states = await OldStates.WriteAsync(client);
        var study = await client.SubmitStudyAsync(spec);
        var running = await StudyFiles.MidwayAsync(client, study.StudyId, steps: 20);
        if (await server.StopAsync() is not 0 and var code) story.Add($"the old server left with exit code {code}");
        return (study.StudyId, running, states);
    }
}
