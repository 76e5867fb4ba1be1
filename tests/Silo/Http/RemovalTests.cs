using System.Net;
using System.Net.Http.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Tests.Http;

public sealed class RemovalTests(RunningServer running) : IAsyncLifetime
{
    private readonly TenantClient _client = running.NewTenant();
    private readonly TemporaryFolder _folder = new("removal");
    private HandWorker? _worker;

    public async ValueTask InitializeAsync() => _worker = await HandWorker.ConnectAsync(running);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _folder.Dispose();
        await _worker!.DisposeAsync();
    }

    [Fact]
    public async Task Delete_ArtifactThatNothingUses_ItsBytesAreGoneAndItsJobComputesAgain()
    {
        var stored = await Made.ModelAsync(_client, _worker!, "a");
        var removed = await RemovedAsync(stored.Digest);
        Assert.Equal((stored.Digest, stored.Bytes), (removed.Digest, removed.Freed));
        foreach (var digest in new[] { stored.Digest, stored.Manifest.Files[0].Digest }) Assert.False(IsStored(digest));
        await Problem.ReadAsync(await _client.GetAsync($"/v1/artifacts/{stored.Digest}"), HttpStatusCode.NotFound);

        var job = await _client.GetAsync<JobView>($"/v1/jobs/{stored.Manifest.JobId}");
        Assert.Equal((JobStatus.Cancelled, null), (job.Status, job.Result));
        Assert.Contains("its artifact was removed", job.Message, StringComparison.Ordinal);
        var plan = await _client.PostAsync<PlanView>(Routes.Plan, Specs.NoOp("a", Made.PoolOf(_client), 'a'));
        Assert.NotEqual(JobStatus.Succeeded, Assert.Single(plan.Jobs).Status);

        // Equal work has equal bytes.
        Assert.Equal(stored.Digest, (await Made.ModelAsync(_client, _worker!, "a")).Digest);
        Assert.True(IsStored(stored.Manifest.Files[0].Digest));
    }

    [Fact]
    public async Task Delete_NamedArtifact_IsRefusedUnlessItsNamesGoToo()
    {
        var stored = await Made.ModelAsync(_client, _worker!, "a");
        await _worker!.PublishAsync(_client.Tenant, "vit@v1", stored.Digest);
        var use = Assert.Single(await UsesAsync("vit@v1"));
        Assert.Equal(("name", "vit@v1"), (use.Kind, use.Id));
        Assert.Equal(["vit@v1"], (await RemovedAsync("vit@v1?names=true")).Names);
        Assert.Empty(await _client.GetAsync<ModelView[]>(Routes.Models));
    }

    [Fact]
    public async Task Delete_InputOfAJobThatHasNotEnded_IsRefusedByTheJobsName()
    {
        var data = new IdxDataset(_folder.Location);
        await _client.PostAsync<JobView>(Routes.Jobs, Specs.Pretraining(data, Made.PoolOf(_client)));
        var stored = await _worker!.CompleteAsync(await _worker.AcquireAsync(Made.PoolOf(_client)), ArtifactKind.Model, data.Names);
        await Eventually.ValueAsync("the model's row stands", () => _client.GetAsync($"/v1/artifacts/{stored.Digest}"), answer => answer.IsSuccessStatusCode);
        var byDigest = await _client.PostAsync<JobView>(Routes.Jobs, FineTuning(stored.Digest));
        Assert.Equal(("job", byDigest.JobId), Assert.Single(await UsesAsync(stored.Digest)) is var use ? (use.Kind, use.Id) : default);
        await _client.PostAsync<JobView>($"/v1/jobs/{byDigest.JobId}/cancel");
        var byJob = await _client.PostAsync<JobView>(Routes.Jobs, FineTuning($"job:{stored.Manifest.JobId}"));
        Assert.Equal(byJob.JobId, Assert.Single(await UsesAsync(stored.Digest)).Id);
        await _client.PostAsync<JobView>($"/v1/jobs/{byJob.JobId}/cancel");
        await RemovedAsync(stored.Digest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_ArtifactWhoseNameWasMoved_IsRefusedAsLongAsAStudyOrSweepUsesIt(bool isStudy)
    {
        var data = new IdxDataset(_folder.Location);
        var (first, second) = (await PretrainedAsync(data, "a"), await PretrainedAsync(data, "b"));
        await NameAsync("vit@v1", first.Digest);
        var before = await SubmitGraphAsync(data, "before", isStudy);
        await NameAsync("vit@v1", second.Digest);
        Assert.Equal([before], await GraphsAsync(first.Digest));
        // Who asks for the name from now on uses the other.
        var after = await SubmitGraphAsync(data, "after", isStudy);
        Assert.Equal([before], await GraphsAsync(first.Digest));
        Assert.Equal([after], await GraphsAsync(second.Digest));

        await CancelAsync(before);
        await RemovedAsync(first.Digest);
        await CancelAsync(after);
        await RemovedAsync($"{second.Digest}?names=true");
    }

    [Fact]
    public async Task Delete_ArtifactThatTheNameOfAStudyStandsForNow_IsNotUsedByTheStudy()
    {
        var data = new IdxDataset(_folder.Location);
        var (first, second) = (await PretrainedAsync(data, "a"), await PretrainedAsync(data, "b"));
        await NameAsync("vit@v1", first.Digest);
        var study = await SubmitGraphAsync(data, "before", isStudy: true);
        await NameAsync("vit@v1", second.Digest);
        await RemovedAsync($"{second.Digest}?names=true");
        await CancelAsync(study);
    }

    [Fact]
    public async Task Delete_ModelOfAPatch_IsRefused()
    {
        var model = await Made.ModelAsync(_client, _worker!, "a");
        await _client.PostAsync<JobView>(Routes.Jobs, FineTuning(model.Digest));
        var patch = await _worker!.CompleteAsync(await _worker.AcquireAsync(Made.PoolOf(_client)), ArtifactKind.Patch);
        await Eventually.ValueAsync("the patch's row stands", () => _client.GetAsync($"/v1/artifacts/{patch.Digest}"), answer => answer.IsSuccessStatusCode);
        Assert.Equal(("artifact", patch.Digest), Assert.Single(await UsesAsync(model.Digest)) is var use ? (use.Kind, use.Id) : default);
        await RemovedAsync(patch.Digest);
        await RemovedAsync(model.Digest);
    }

    [Fact]
    public async Task Delete_FileOfAnotherArtifact_Stays()
    {
        var stored = await Made.ModelAsync(_client, _worker!, "a");
        using var other = running.NewTenant();
        // Another tenant's job has made the same file.
        await Made.SubmitAsync(other, "b");
        var lease = await _worker!.AcquireAsync(Made.PoolOf(other));
        var shared = await _worker.CompleteAsync(lease, ArtifactKind.Model, content: $"weights of {stored.Manifest.JobId}");
        Assert.Equal(stored.Manifest.Files[0].Digest, shared.Manifest.Files[0].Digest);
        await Eventually.ValueAsync("its row stands", () => other.GetAsync($"/v1/artifacts/{shared.Digest}"), answer => answer.IsSuccessStatusCode);
        Assert.Equal(0, (await RemovedAsync(stored.Digest)).Freed);
        Assert.True(IsStored(shared.Manifest.Files[0].Digest));
    }

    [Fact]
    public async Task Delete_UnknownArtifact_IsNotFound() => await Problem.ReadAsync(await _client.Http.DeleteAsync("/v1/artifacts/vit@v9"), HttpStatusCode.NotFound);

    private string FineTuning(string model) => Specs.FineTuning(new IdxDataset(_folder.Location), model) + $"\nscheduling: {{ pool: {Made.PoolOf(_client)} }}\n";

    private async Task<StoredArtifact> PretrainedAsync(IdxDataset data, string name)
    {
        await _client.PostAsync<JobView>(Routes.Jobs, Specs.Pretraining(data, Made.PoolOf(_client)) + $"\nseed: {(int)name[0]}\n");
        var stored = await _worker!.CompleteAsync(await _worker.AcquireAsync(Made.PoolOf(_client)), ArtifactKind.Model, data.Names);
        await Eventually.ValueAsync("the model's row stands", () => _client.GetAsync($"/v1/artifacts/{stored.Digest}"), answer => answer.IsSuccessStatusCode);
        return stored;
    }

    private Task NameAsync(string name, string digest) => _worker!.PublishAsync(_client.Tenant, name, digest);

    /// <summary>A study or sweep that uses what vit@v1 stands for. Its first jobs need it only later, or wait in a pool that nobody works for.</summary>
    private async Task<(string Kind, string Id)> SubmitGraphAsync(IdxDataset data, string name, bool isStudy)
    {
        if (isStudy) return ("study", (await _client.PostAsync<StudyView>(Routes.Studies, Specs.Study(data, Made.PoolOf(_client), "{ artifact: vit@v1 }").Replace("name: small", $"name: {name}", StringComparison.Ordinal))).StudyId);
        var text = Specs.FineTuning(data, "vit@v1").Split('\n').Where(line => !line.StartsWith("apiVersion", StringComparison.Ordinal)).Select(line => $"  {line}");
        return ("sweep", (await _client.PostAsync<SweepView>(Routes.Sweeps, $"apiVersion: ptune/v1\nkind: Sweep\nname: {name}\njob:\n{string.Join('\n', text)}\nvary:\n  recipe.batchSize: {{ values: [2, 4] }}\nscheduling: {{ pool: {Made.PoolOf(_client)} }}\n")).SweepId);
    }

    /// <summary>The studies and sweeps among what uses it; jobs that they have submitted use it, too.</summary>
    private async Task<IEnumerable<(string Kind, string Id)>> GraphsAsync(string reference) =>
        (await UsesAsync(reference)).Where(use => use.Kind is "study" or "sweep").Select(use => (use.Kind, use.Id));

    private async Task CancelAsync((string Kind, string Id) graph)
    {
        var route = graph.Kind == "study" ? $"/v1/studies/{graph.Id}" : $"/v1/sweeps/{graph.Id}";
        using var answer = await _client.Http.PostAsync($"{route}/cancel", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await Eventually.ValueAsync("it has ended", async () => graph.Kind == "study" ? (await _client.GetAsync<StudyView>(route)).Status : (await _client.GetAsync<SweepView>(route)).Status, status => status.IsFinal);
    }

    private bool IsStored(string digest) => File.Exists(Path.Combine(running.Store, "blobs", BlobNames.Content(digest)));

    private async Task<RemovedArtifact> RemovedAsync(string reference)
    {
        using var answer = await _client.Http.DeleteAsync($"/v1/artifacts/{reference}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<RemovedArtifact>(SpecJson.Options))!;
    }

    private async Task<ArtifactUse[]> UsesAsync(string reference)
    {
        var problem = await Problem.ReadAsync(await _client.Http.DeleteAsync($"/v1/artifacts/{reference}"), HttpStatusCode.Conflict);
        return System.Text.Json.JsonSerializer.Deserialize<ArtifactUse[]>(problem[Routes.Uses]!, SpecJson.Options)!;
    }
}
