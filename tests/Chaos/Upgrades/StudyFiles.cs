using Ptune.Chaos.Tests.Rig;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;

namespace Ptune.Chaos.Tests.Upgrades;

/// <summary>What the jobs of a study came to.</summary>
/// <param name="Jobs">Each as it ended.</param>
/// <param name="Files">Of each job that succeeded, by its id.</param>
internal sealed record StudyFiles(JobView[] Jobs, Dictionary<string, ArtifactFile[]> Files)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    /// <summary>Waits for the study's end.</summary>
    public static async Task<StudyFiles> OfAsync(RetryingClient client, string studyId)
    {
        var study = await Eventually.ValueAsync($"study {studyId} ends", () => client.StudyAsync(studyId), s => s.Status.IsFinal, s_limit);
        var jobs = new List<JobView>();
        var files = new Dictionary<string, ArtifactFile[]>();
        foreach (var cell in study.Cells)
        {
            jobs.Add(await client.JobAsync(cell.JobId));
            if (jobs[^1].Result is { } result) files[cell.JobId] = (await client.ArtifactAsync(result.Artifact)).Manifest.Files;
        }
        return new StudyFiles([.. jobs], files);
    }

    /// <summary>Waits until a job of the study has ended, and another runs and has made more than so many steps.</summary>
    public static async Task<JobView> MidwayAsync(RetryingClient client, string studyId, long steps)
    {
        var (study, running) = await Eventually.ValueAsync(
            "a job of the study has ended, and one runs",
            async () =>
            {
                var study = await client.StudyAsync(studyId);
                var hasBegun = study.Cells.Any(c => c.Status is JobStatus.Succeeded);
                return (Study: study, Running: hasBegun ? await RunningAsync(client, study, steps) : null);
            },
            seen => seen.Running is not null || seen.Study.Status.IsFinal,
            s_limit);
        return running ?? throw new InvalidOperationException($"The study has ended already, as {study.Status}: {study.Message}");
    }

    /// <summary>Those whose files are not the same here and there.</summary>
    public IEnumerable<JobView> UnequalTo(StudyFiles others) =>
        Jobs.Where(j => Files.TryGetValue(j.JobId, out var files) && !(others.Files.TryGetValue(j.JobId, out var same) && same.SequenceEqual(files)));

    private static async Task<JobView?> RunningAsync(RetryingClient client, StudyView study, long steps)
    {
        foreach (var cell in study.Cells.Where(c => c.Status is JobStatus.Running))
        {
            if (await client.JobAsync(cell.JobId) is { Status: JobStatus.Running } job && job.Progress?.Step > steps) return job;
        }
        return null;
    }
}
