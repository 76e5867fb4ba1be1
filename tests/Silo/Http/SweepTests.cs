using System.Net;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Fixtures;
using Ptune.Silo.Http;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class SweepTests(RunningServer running) : IDisposable
{
    private readonly TemporaryFolder _folder = new("sweep");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sweep_ItsWholeWay_IsPlannedWatchedAndFindsTheBest()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var text = Specs.Sweep(new IdxDataset(_folder.Location), "searched");
        var plan = await client.PostAsync<PlanView>(Routes.Plan, text);
        Assert.Equal(["trial/1/1/tune", "trial/1/1/score", "trial/2/1/tune", "trial/2/1/score"], plan.Jobs.Select(j => j.Key));

        using var response = await client.PostAsync(Routes.Sweeps, text);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var sweep = await client.GetAsync<SweepView>(response.Headers.Location!.ToString());
        Assert.Equal(plan.Id, sweep.SweepId);
        await using var events = await EventStream.OpenAsync(client, $"/v1/sweeps/{sweep.SweepId}/events");

        for (var i = 0; i < plan.Jobs.Length; i++)
        {
            var lease = await worker.AcquireAsync("searched");
            var isScoring = lease.Spec is ScoringSpec;
            await worker.CompleteAsync(lease, isScoring ? ArtifactKind.Scores : ArtifactKind.Model, metrics: isScoring ? new() { [MetricNames.Accuracy] = 0.5, [MetricNames.Count] = 4 } : []);
        }
        SweepView? view;
        do view = await events.NextAsync<SweepView>("sweep");
        while (view is { Status.IsFinal: false });
        Assert.Equal((JobStatus.Succeeded, 1, 4L), (view!.Status, view.Result!.Best, view.Result.N));
        Assert.Equal(new JobCounts(4, 0), view.Result.Jobs);

        // The catalog's row follows the state.
        var rows = await Eventually.ValueAsync("the sweep is listed", () => client.GetAsync<JobRow[]>($"{Routes.Sweeps}?status=succeeded&name=searched"), r => r.Length > 0);
        Assert.Equal(sweep.SweepId, Assert.Single(rows).JobId);
        Assert.DoesNotContain(await client.GetAsync<JobRow[]>(Routes.Jobs), r => r.JobId == sweep.SweepId);
        Assert.Empty(await client.GetAsync<JobRow[]>(Routes.Studies));
        Assert.Equal(0, (await client.PostAsync<SweepView>(Routes.Sweeps, text)).Result!.Jobs.Computed);
    }

    [Fact]
    public async Task Submit_KeyAgain_IsTheSameSweepAlsoWhereFresh()
    {
        using var client = running.NewTenant();
        client.Http.DefaultRequestHeaders.Add(Routes.IdempotencyKey, "nightly");
        var data = new IdxDataset(_folder.Location);
        var first = await client.PostAsync<SweepView>($"{Routes.Sweeps}?fresh=true", Specs.Sweep(data, "idle"));
        Assert.Equal(first.SweepId, (await client.PostAsync<SweepView>($"{Routes.Sweeps}?fresh=true", Specs.Sweep(data, "idle"))).SweepId);
        await Problem.ReadAsync(await client.PostAsync($"{Routes.Sweeps}?fresh=true", Specs.Sweep(data, "idle", "parallel: 1")), HttpStatusCode.Conflict);
        await Problem.ReadAsync(await client.PostAsync(Routes.Sweeps, Specs.Sweep(data, "idle")), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Submit_KeyTakenByARequestThatWasCutOff_IsSubmittedUnderItsId()
    {
        using var client = running.NewTenant();
        var text = Specs.Sweep(new IdxDataset(_folder.Location), "idle");
        await using var other = await HandWorker.ConnectAsync(running);
        var (claim, _) = await new SubmitKeys(other.Grains).ClaimAsync(client.Tenant, "nightly", SpecReader.Read(text).Spec!, fresh: true, "unknown", "a nonce");
        client.Http.DefaultRequestHeaders.Add(Routes.IdempotencyKey, "nightly");
        var first = await client.PostAsync<SweepView>($"{Routes.Sweeps}?fresh=true", text);
        Assert.Equal("a nonce", claim.Nonce);
        Assert.Equal(first.SweepId, (await client.PostAsync<SweepView>($"{Routes.Sweeps}?fresh=true", text)).SweepId);
    }

    [Fact]
    public async Task Cancel_ThenRetry_AnswerWithTheStateReached()
    {
        using var client = running.NewTenant();
        var sweep = await client.PostAsync<SweepView>(Routes.Sweeps, Specs.Sweep(new IdxDataset(_folder.Location), "idle"));
        var path = $"/v1/sweeps/{sweep.SweepId}";
        await client.PostAsync<SweepView>($"{path}/cancel");
        await Eventually.ValueAsync("the sweep has stopped", () => client.GetAsync<SweepView>(path), v => v.Status == JobStatus.Cancelled);
        Assert.Equal(JobStatus.Running, (await client.PostAsync<SweepView>($"{path}/retry")).Status);
        await client.PostAsync<SweepView>($"{path}/cancel");
        await Problem.ReadAsync(await client.GetAsync("/v1/sweeps/abcdef"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Submit_WrongPlaceAndMissingData_AreNamedInsideTheJob()
    {
        using var client = running.NewTenant();
        var misplaced = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Sweeps, Specs.NoOp("a"))));
        Assert.Contains(Routes.Jobs, misplaced.Fix, StringComparison.Ordinal);

        var data = new IdxDataset(_folder.Location);
        var text = Specs.Sweep(data, "idle", $"evaluate: {{ {data.Yaml}, split: validation }}");
        File.Delete(data.PathOf("train-images"));
        var problems = await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Sweeps, text));
        Assert.Equal(["evaluate.dataset.files.trainImages.path", "job.data.dataset.files.trainImages.path"], problems.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.True(p.Line > 0));
    }
}
