using System.Diagnostics;
using Ptune.Chaos.Tests.Faults;
using Ptune.Chaos.Tests.Rig;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;

namespace Ptune.Chaos.Tests.Rounds;

/// <summary>One seeded round: work, one fault at a moment that the dice choose, and a look at everything when all has ended.</summary>
internal sealed class Round(Site site, int seed, Fault fault)
{
    private const int NoOps = 10;

    // No expectation: a round that takes longer has failed.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly Random _random = new(seed);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public static Fault FaultOf(int seed) => (Fault)(seed % Enum.GetValues<Fault>().Length);

    public async Task<RoundResult> RunAsync()
    {
        using var client = site.Client(seed);
        var trainings = new List<string>();
        for (var i = 0; i < Site.Trainings; i++) trainings.Add((await client.SubmitAsync(site.Work.Training(i))).JobId);
        var running = await UntilMidwayAsync(client, trainings);

        var struck = Stopwatch.StartNew();
        var recovering = RecoverAsync(client, running, struck);
        var striking = new Saboteur(site, _random).StrikeAsync(fault);
        var nothings = await Task.WhenAll(Enumerable.Range(0, NoOps).Select(async i => (await client.SubmitAsync(Work.NoOp(i))).JobId));
        await striking;
        var recovery = await recovering;

        var ends = new List<JobView>();
        foreach (var id in trainings.Concat(nothings)) ends.Add(await client.EndOfAsync(id, s_limit));
        var unequal = new List<JobView>();
        for (var i = 0; i < trainings.Count; i++)
        {
            if (ends[i].Result is { } result && !Same(site.Expected[i], (await client.ArtifactAsync(result.Artifact)).Manifest.Files)) unequal.Add(ends[i]);
        }
        var lost = ends.Where(e => e.Status != JobStatus.Succeeded).ToArray();
        var doubled = ends.Where(e => e.Timeline.Count(t => t.Status == JobStatus.Succeeded) > 1).ToArray();
        return new RoundResult(
            seed, fault, ends.Count, lost.Length, doubled.Length, unequal.Count, await UnauditedAsync(client, ends), ends.Count(e => e.Epoch > 1), recovery, _watch.Elapsed, string.Concat(lost.Concat(doubled).Concat(unequal).Select(Tell)));
    }

    /// <summary>Each submit was answered, so it is one row, whatever has failed meanwhile and however often it was sent.</summary>
    private static async Task<int> UnauditedAsync(RetryingClient client, List<JobView> jobs)
    {
        var submits = (await client.AuditAsync()).Where(r => r.What == AuditActions.JobSubmit).ToLookup(r => r.Target);
        return jobs.Count(j => submits[j.JobId].Count() != 1) + (await client.VerifyAuditAsync()).Count(v => !v.IsWhole);
    }

    /// <summary>Waits until a training has made as many steps as the dice say; answers all that run then.</summary>
    private async Task<JobView[]> UntilMidwayAsync(RetryingClient client, List<string> trainings)
    {
        var step = _random.Next(5, Work.Steps / 2);
        var views = await Eventually.ValueAsync(
            $"a training reaches step {step}",
            () => Task.WhenAll(trainings.Select(client.JobAsync)),
            jobs => jobs.Any(j => j.Status.IsFinal || j.Progress?.Step >= step),
            s_limit);
        return [.. views.Where(v => v.Status.IsHeld)];
    }

    private static async Task<TimeSpan?> RecoverAsync(RetryingClient client, JobView[] running, Stopwatch struck)
    {
        foreach (var before in running)
        {
            // A step that was made after the fault, by the same attempt or by one that follows.
            await Eventually.ValueAsync(
                $"job {before.JobId} makes progress again",
                () => client.JobAsync(before.JobId),
                now => now.Status.IsFinal || now.Progress?.Step > before.Progress?.Step,
                s_limit);
        }
        return running.Length == 0 ? null : struck.Elapsed;
    }

    private static bool Same(ArtifactFile[] expected, ArtifactFile[] files) => expected.SequenceEqual(files);

    private static string Tell(JobView job) =>
        $"\n  {job.JobId} ({job.Name}): {job.Status} {job.Cause} {job.Message}" + string.Concat(job.Timeline.Select(e => $"\n    {e.At:HH:mm:ss.fff} {e.Status} epoch {e.Epoch}: {e.Why}"));
}
