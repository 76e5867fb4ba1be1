using System.Net;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class StudyTests(RunningServer running) : IDisposable
{
    private readonly TemporaryFolder _folder = new("study");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_Study_IsListedAndPlannedAlike()
    {
        using var client = running.NewTenant();
        var text = Specs.Study(new IdxDataset(_folder.Location), "idle");
        var plan = await client.PostAsync<PlanView>(Routes.Plan, text);
        Assert.All(plan.Jobs, row => Assert.Null(row.Status));

        using var response = await client.PostAsync(Routes.Studies, text);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var study = await client.GetAsync<StudyView>(response.Headers.Location!.ToString());
        Assert.Equal(plan.Id, study.StudyId);
        Assert.Equal(plan.Jobs.Select(j => j.JobId), study.Cells.Select(c => c.JobId));
        Assert.Equal(study.StudyId, Assert.Single(await client.GetAsync<JobRow[]>($"{Routes.Studies}?name=small")).JobId);
        Assert.DoesNotContain(await client.GetAsync<JobRow[]>(Routes.Jobs), r => r.JobId == study.StudyId);
        await client.PostAsync<StudyView>($"/v1/studies/{study.StudyId}/cancel");
    }

    [Fact]
    public async Task Submit_KeyAgain_IsTheSameStudyAlsoWhereFresh()
    {
        using var client = running.NewTenant();
        client.Http.DefaultRequestHeaders.Add(Routes.IdempotencyKey, "nightly");
        var text = Specs.Study(new IdxDataset(_folder.Location), "idle");
        var first = await client.PostAsync<StudyView>($"{Routes.Studies}?fresh=true", text);
        await client.PostAsync<StudyView>($"/v1/studies/{first.StudyId}/cancel");
        var again = await client.PostAsync<StudyView>($"{Routes.Studies}?fresh=true", text);
        Assert.Equal(first.StudyId, again.StudyId);
        Assert.Contains(again.Status, new[] { JobStatus.Cancelling, JobStatus.Cancelled });

        // The same key for other work, whatever its kind.
        var problem = await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("a", "idle")), HttpStatusCode.Conflict);
        Assert.Contains(first.StudyId, (string)problem["detail"]!, StringComparison.Ordinal);
        client.Http.DefaultRequestHeaders.Remove(Routes.IdempotencyKey);
        Assert.NotEqual(first.StudyId, (await client.PostAsync<StudyView>(Routes.Studies, text)).StudyId);
    }

    [Fact]
    public async Task Submit_Job_SaysWhereItGoes()
    {
        using var client = running.NewTenant();
        var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Studies, Specs.NoOp("a"))));
        Assert.Contains(Routes.Jobs, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_MissingDataAndUnknownModel_ReportsBothWithLines()
    {
        using var client = running.NewTenant();
        var data = new IdxDataset(_folder.Location);
        File.Delete(data.PathOf("train-images"));
        var problems = await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Studies, Specs.Study(data, "idle", "{ artifact: nobody@v1 }")));
        Assert.Equal(["dataset.files.trainImages.path", "models.b@v1.artifact"], problems.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.True(p.Line > 0));
        Assert.Empty(await client.GetAsync<JobRow[]>(Routes.Studies));
    }
}
