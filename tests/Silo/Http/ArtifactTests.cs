using System.Net;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Tests.Http;

public sealed class ArtifactTests(RunningServer running) : IDisposable
{
    private static readonly string[] Labels = ["cat", "dog"];
    private readonly TemporaryFolder _folder = new("artifact");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Artifact_OfAFinishedJob_IsFoundByAliasDigestAndBeginning()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var stored = await PretrainAsync(client, worker, Labels);
        await worker.PublishAsync(client.Tenant, "vit@v1", stored.Digest);
        foreach (var reference in new[] { "vit@v1", stored.Digest, Digest.Hex(stored.Digest)[..10] })
        {
            var view = await client.GetAsync<ArtifactView>($"/v1/artifacts/{reference}");
            Assert.Equal(stored.Digest, view.Digest);
            Assert.Equal(["vit@v1"], view.Aliases);
            Assert.IsType<PretrainingSpec>(view.Manifest.Recipe);
        }
        Assert.Equal(stored.Digest, Assert.Single(await client.GetAsync<ArtifactRow[]>(Routes.Artifacts)).Digest);
        var model = Assert.Single(await client.GetAsync<ModelView[]>(Routes.Models));
        Assert.Equal(("vit@v1", "mlp", 2), (model.Alias, model.Architecture, model.Labels));

        using var file = await client.GetAsync("/v1/artifacts/vit@v1/files/weights.txt");
        Assert.Equal($"weights of {stored.Manifest.JobId}", await file.Content.ReadAsStringAsync());
        Assert.Equal($"\"{stored.Manifest.Files[0].Digest}\"", file.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Artifact_Unknown_NamesTheNearest()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var stored = await PretrainAsync(client, worker, Labels);
        await worker.PublishAsync(client.Tenant, "vit@v1", stored.Digest);
        Assert.Equal("vit@v1", (string?)(await Problem.ReadAsync(await client.GetAsync("/v1/artifacts/vti@v1"), HttpStatusCode.NotFound))["nearest"]);
        Assert.Equal("weights.txt", (string?)(await Problem.ReadAsync(await client.GetAsync("/v1/artifacts/vit@v1/files/weight.txt"), HttpStatusCode.NotFound))["nearest"]);
        using var stranger = running.NewTenant();
        await Problem.ReadAsync(await stranger.GetAsync($"/v1/artifacts/{stored.Digest}"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Submit_Alias_IsResolvedToItsDigest()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var stored = await PretrainAsync(client, worker, Labels);
        await worker.PublishAsync(client.Tenant, "vit@v1", stored.Digest);
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.FineTuning(new IdxDataset(_folder.Location), "vit@v1"));
        Assert.Equal(stored.Digest, ((FineTuningSpec)job.Spec).Base);
    }

    [Fact]
    public async Task Submit_MistypedAlias_NamesTheNearest()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var stored = await PretrainAsync(client, worker, Labels);
        await worker.PublishAsync(client.Tenant, "vit@v1", stored.Digest);
        var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, Specs.FineTuning(new IdxDataset(_folder.Location), "vit@v2"))));
        Assert.Equal("base", problem.Path);
        Assert.Contains("vit@v1", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ModelOfAnotherOutputSpace_NamesBoth()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var stored = await PretrainAsync(client, worker, ["dog", "cat"]);
        var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, Specs.FineTuning(new IdxDataset(_folder.Location), stored.Digest))));
        Assert.Equal("base", problem.Path);
        Assert.Contains("'dog', 'cat'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'cat', 'dog'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WrongKindOfInput_IsRefused()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, Specs.FineTuning(new IdxDataset(_folder.Location), $"job:{job.JobId}"))));
        Assert.Contains("a model is read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_UnknownJobOrDigest_IsRefused()
    {
        using var client = running.NewTenant();
        var data = new IdxDataset(_folder.Location);
        foreach (var reference in new[] { $"job:{client.Tenant}.{new string('0', 32)}", $"sha256:{new string('0', 64)}" })
            Assert.Equal("base", Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, Specs.FineTuning(data, reference)))).Path);
    }

    private async Task<StoredArtifact> PretrainAsync(TenantClient client, HandWorker worker, string[] labels)
    {
        // Only this test's worker asks this pool.
        var pool = $"p-{client.Tenant}";
        var data = new IdxDataset(_folder.Subfolder(Guid.NewGuid().ToString("n"))) { Names = labels };
        await client.PostAsync<JobView>(Routes.Jobs, Specs.Pretraining(data, pool));
        var lease = await worker.AcquireAsync(pool);
        var stored = await worker.CompleteAsync(lease, ArtifactKind.Model, labels);
        await Eventually.ValueAsync("the artifact's row stands", () => client.GetAsync($"/v1/artifacts/{stored.Digest}"), answer => answer.IsSuccessStatusCode);
        return stored;
    }
}
