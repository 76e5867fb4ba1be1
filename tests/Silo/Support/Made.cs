using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Tests.Support;

/// <summary>Artifacts that jobs have made.</summary>
internal static class Made
{
    /// <summary>An artifact of a job without data; a model, as far as it says so itself.</summary>
    public static async Task<StoredArtifact> ModelAsync(TenantClient client, HandWorker worker, string name, ArtifactKind kind = ArtifactKind.Model, string? family = null, string? baseModel = null)
    {
        var job = await SubmitAsync(client, name);
        var stored = await worker.CompleteAsync(await worker.AcquireAsync(PoolOf(client)), kind, family: family, baseModel: baseModel);
        await Eventually.ValueAsync("the artifact's row stands", () => client.GetAsync($"/v1/artifacts/{stored.Digest}"), answer => answer.IsSuccessStatusCode);
        Assert.Equal(job.JobId, stored.Manifest.JobId);
        return stored;
    }

    public static Task<JobView> SubmitAsync(TenantClient client, string name) =>
        client.PostAsync<JobView>("/v1/jobs", Specs.NoOp(name, PoolOf(client), name.Sum(letter => letter)));

    /// <summary>Only this tenant's worker asks it.</summary>
    public static string PoolOf(TenantClient client) => $"p-{client.Tenant}";
}
