using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Fixtures.Data;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Hosting;

/// <summary>What an earlier revision computed stays computed: ids, rows, states and bytes are read as they were written.</summary>
public sealed class RecordedStoreTests(RecordedServer recorded) : IClassFixture<RecordedServer>
{
    [Theory]
    [InlineData("jobs", Routes.Jobs + "?limit=1000")]
    [InlineData("studies", Routes.Studies)]
    [InlineData("sweeps", Routes.Sweeps)]
    [InlineData("artifacts", Routes.Artifacts + "?limit=1000")]
    [InlineData("models", Routes.Models)]
    [InlineData("otherTenantsJobs", Routes.Jobs, "team")]
    public async Task List_OfAnEarlierRevisionsStore_AnswersWhatItAnswered(string recording, string path, string tenant = JobIds.DefaultTenant)
    {
        using var client = recorded.As(tenant);
        AssertHolds(RecordedStore.Answers[recording], await client.GetAsync<JsonNode>(path), recording);
    }

    [Theory]
    [InlineData("study")]
    [InlineData("sweep")]
    public async Task Plan_OfWhatAnEarlierRevisionComputed_HasTheSameIdsAndFindsAllInTheStore(string spec)
    {
        using var client = recorded.As(JobIds.DefaultTenant);
        var plan = await client.PostAsync<PlanView>(Routes.Plan, recorded.Store.Spec(spec));
        var expected = RecordedStore.Answers[$"{spec}Plan"]!;
        Assert.Equal((string)expected["id"]!, plan.Id);
        Assert.Equal(expected["jobs"]!.AsArray().Select(id => (string)id!), plan.Jobs.Select(job => job.JobId));
        Assert.All(plan.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
    }

    [Fact]
    public async Task Submit_OfAStudyThatAnEarlierRevisionComputed_IsAnsweredWithItsResult()
    {
        using var client = recorded.As(JobIds.DefaultTenant);
        var study = await client.PostAsync<StudyView>(Routes.Studies, recorded.Store.Spec("study"));
        Assert.Equal(JobStatus.Succeeded, study.Status);
        Assert.Equal(0, study.Result!.Jobs.Computed);
        AssertHolds(WithoutCosts("study"), JsonSerializer.SerializeToNode(study.Result, SpecJson.Options), "study");
    }

    [Fact]
    public async Task Submit_OfASweepThatAnEarlierRevisionComputed_IsAnsweredWithItsResult()
    {
        using var client = recorded.As(JobIds.DefaultTenant);
        var sweep = await client.PostAsync<SweepView>(Routes.Sweeps, recorded.Store.Spec("sweep"));
        Assert.Equal(JobStatus.Succeeded, sweep.Status);
        Assert.Equal(0, sweep.Result!.Jobs.Computed);
        AssertHolds(WithoutCosts("sweep"), JsonSerializer.SerializeToNode(sweep.Result, SpecJson.Options), "sweep");
    }

    [Fact]
    public async Task File_OfEveryRecordedArtifact_HasTheBytesThatItsManifestNames()
    {
        using var client = recorded.As(JobIds.DefaultTenant);
        var files = 0;
        foreach (var artifact in RecordedStore.Answers["artifacts"]!.AsArray())
        {
            var reference = (string)artifact!["digest"]!;
            var manifest = (await client.GetAsync<ArtifactView>($"{Routes.Artifacts}/{reference}")).Manifest;
            foreach (var file in manifest.Files)
            {
                var bytes = await client.Http.GetByteArrayAsync(new Uri($"{Routes.Artifacts}/{reference}/files/{file.Path}", UriKind.Relative));
                Assert.Equal(file.Digest, $"{Digest.Prefix}{Convert.ToHexStringLower(SHA256.HashData(bytes))}");
                files++;
            }
        }
        Assert.True(files > 0, "The recorded store has no files.");
    }

    /// <summary>How many jobs were computed, and how long they took, is said of the submit that asks, and not of the results.</summary>
    private static JsonObject WithoutCosts(string name)
    {
        var result = RecordedStore.Answers[name]!.DeepClone().AsObject();
        result.Remove("jobs");
        result.Remove("seconds");
        return result;
    }

    /// <summary>That <paramref name="actual"/> has every member of <paramref name="expected"/> with the same value. It may have more: members are added, never changed.</summary>
    private static void AssertHolds(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject members:
                foreach (var (name, value) in members) AssertHolds(value, Assert.IsType<JsonObject>(actual, exactMatch: false)[name], $"{path}.{name}");
                break;
            case JsonArray items:
                var others = Assert.IsType<JsonArray>(actual, exactMatch: false);
                Assert.True(items.Count == others.Count, $"{path} has {others.Count} items instead of {items.Count}.");
                for (var i = 0; i < items.Count; i++) AssertHolds(items[i], others[i], $"{path}[{i}]");
                break;
            default:
                Assert.True(expected?.ToJsonString() == actual?.ToJsonString(), $"{path} is {actual?.ToJsonString() ?? "absent"} instead of {expected?.ToJsonString()}.");
                break;
        }
    }
}
