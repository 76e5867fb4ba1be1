using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

public sealed class UpgradeTests
{
    [Fact]
    public async Task RollingRestart_OfBothSilosDuringAStudy_RestartsNoRunningAttempt()
    {
        using var folder = new TemporaryFolder();
        var spec = TinyStudy.Spec(TinyImages.Write(Path.Combine(folder.Location, "data")), tuningEpochs: 60);

        // A lease as in production, much longer than a silo takes to hand its grains over.
        await using var cluster = await Cluster.StartAsync(folder.Location, workers: 2, lease: TimeSpan.FromMinutes(1));
        var study = await cluster.Apis[0].SubmitStudyAsync(spec);
        await RunningJobsAsync(cluster.Apis[0], study.StudyId);

        // As a deployment does: the new one takes part before an old one is told to leave.
        for (var old = 0; old < 2; old++)
        {
            await cluster.StartSiloAsync();
            cluster.Silos[old].Signal(15);
            Assert.True(await cluster.Silos[old].ExitAsync() == 0, cluster.Silos[old].Output);
        }
        var api = cluster.Apis[^1];
        study = await api.UntilAsync(study.StudyId, s => s.Status.IsFinal);

        Assert.True(study.Status == JobStatus.Succeeded, $"{study.Message}\n{cluster.Output}");
        foreach (var cell in study.Cells)
        {
            var job = await api.JobAsync(cell.JobId);
            Assert.True(job.Epoch == 1 && job.Failures == 0, $"{cell.Key} needed {job.Epoch} attempts:\n{string.Join('\n', job.Timeline.Select(e => $"{e.At:HH:mm:ss.fff} {e.Status} {e.Epoch} {e.Why}"))}\n{cluster.Output}");
        }
    }

    /// <summary>Waits until something runs and has made steps.</summary>
    private static Task RunningJobsAsync(Api api, string studyId) => Eventually.IsTrueAsync("a job of the study runs", async () =>
    {
        var study = await api.StudyAsync(studyId);
        foreach (var cell in study.Cells.Where(c => c.Status is not null))
        {
            if (await api.JobAsync(cell.JobId) is { Status: JobStatus.Running, Progress.Step: > 0 }) return true;
        }
        return false;
    });
}
