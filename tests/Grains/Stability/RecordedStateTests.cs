using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Stability;

/// <summary>State that earlier versions wrote is read by today's code, each member of it.</summary>
public sealed class RecordedStateTests
{
    [Fact]
    public void JobState_OfVersion1_IsRead()
    {
        var state = Recording.Read("v1/job.json", FullStates.JobOfVersion1);
        AssertSame(FullStates.JobOfVersion1(), state);
        Assert.IsType<RewardTuningSpec>(state.Spec);
        Assert.Equal((JobStatus.Running, 4L, 17L), (state.Status, state.Epoch, state.Version));
    }

    [Fact]
    public void JobState_OfVersion2_IsRead() => AssertSame(FullStates.JobOfVersion2(), Recording.Read("v2/job.json", FullStates.JobOfVersion2));

    [Fact]
    public void JobState_OfVersion4_IsRead() => AssertSame(FullStates.JobOfVersion4(), Recording.Read("v4/job.json", FullStates.JobOfVersion4));

    [Fact]
    public void JobState_OfVersion5_IsRead() => AssertSame(FullStates.JobOfVersion5(), Recording.Read("v5/job.json", FullStates.JobOfVersion5));

    [Fact]
    public void JobState_OfVersion6_IsRead() => AssertSame(FullStates.JobOfVersion6(), Recording.Read("v6/job.json", FullStates.JobOfVersion6));

    [Fact]
    public void JobState_OfVersion7_IsRead() => AssertSame(FullStates.JobOfVersion7(), Recording.Read("v7/job.json", FullStates.JobOfVersion7));

    [Fact]
    public void JobState_OfVersion8_IsRead() => AssertSame(FullStates.JobOfVersion8(), Recording.Read("v8/job.json", FullStates.JobOfVersion8));

    [Fact]
    public void JobState_OfVersion9_IsRead() => AssertSame(FullStates.JobOfVersion9(), Recording.Read("v9/job.json", FullStates.JobOfVersion9));

    [Fact]
    public void JobState_OfVersion10_IsRead() => AssertSame(FullStates.JobOfVersion10(), Recording.Read("v10/job.json", FullStates.JobOfVersion10));

    [Fact]
    public void JobState_OfVersion11_IsRead() => AssertSame(FullStates.Job(), Recording.Read("v11/job.json", FullStates.Job));

    [Fact]
    public void StudyState_OfVersion10_IsRead() => AssertSame(FullStates.StudyOfVersion10(), Recording.Read("v10/study.json", FullStates.StudyOfVersion10));

    [Fact]
    public void StudyState_OfVersion11_IsRead() => AssertSame(FullStates.Study(), Recording.Read("v11/study.json", FullStates.Study));

    [Fact]
    public void SweepState_OfVersion10_IsRead() => AssertSame(FullStates.SweepOfVersion10(), Recording.Read("v10/sweep.json", FullStates.SweepOfVersion10));

    [Fact]
    public void SweepState_OfVersion11_IsRead() => AssertSame(FullStates.SweepOfVersion11(), Recording.Read("v11/sweep.json", FullStates.SweepOfVersion11));

    [Fact]
    public void SweepState_OfVersion12_IsRead() => AssertSame(FullStates.Sweep(), Recording.Read("v12/sweep.json", FullStates.Sweep));

    [Fact]
    public void SubmitKeyState_OfVersion2_IsRead() => AssertSame(FullStates.SubmitKeyOfVersion2(), Recording.Read("v2/submit-key.json", FullStates.SubmitKeyOfVersion2));

    [Fact]
    public void SubmitKeyState_OfVersion4_IsRead() => AssertSame(FullStates.SubmitKey(), Recording.Read("v4/submit-key.json", FullStates.SubmitKey));

    [Fact]
    public void StudyState_OfVersion1_IsRead()
    {
        var state = Recording.Read("v1/study.json", FullStates.StudyOfVersion1);
        AssertSame(FullStates.StudyOfVersion1(), state);
        Assert.Equal(0.5, state.Result!.Targets[0].KeptShare);
    }

    [Fact]
    public void SweepState_OfVersion3_IsRead() => AssertSame(FullStates.SweepOfVersion3(), Recording.Read("v3/sweep.json", FullStates.SweepOfVersion3));

    [Fact]
    public void RegistryState_OfVersion1_IsRead()
    {
        var state = Recording.Read("v1/registry.json", FullStates.Registry);
        AssertSame(FullStates.Registry(), state);
        Assert.Equal(2, state.Publications.Length);
    }

    [Fact]
    public void ApiKeyState_OfVersion9_IsRead() => AssertSame(FullStates.ApiKey(), Recording.Read("v9/api-key.json", FullStates.ApiKey));

    [Fact]
    public void ApiKeyIndexState_OfVersion9_IsRead() => AssertSame(FullStates.ApiKeyIndex(), Recording.Read("v9/api-key-index.json", FullStates.ApiKeyIndex));

    [Fact]
    public void TenantsState_OfVersion10_IsRead() => AssertSame(FullStates.TenantsOfVersion10(), Recording.Read("v10/tenants.json", FullStates.TenantsOfVersion10));

    [Fact]
    public void TenantsState_OfVersion11_IsRead() => AssertSame(FullStates.Tenants(), Recording.Read("v11/tenants.json", FullStates.Tenants));

    [Fact]
    public void AuditChainState_OfVersion9_IsRead() => AssertSame(FullStates.AuditChain(), Recording.Read("v9/audit-chain.json", FullStates.AuditChain));

    [Fact]
    public void Lease_SentByVersion1_IsRead() => AssertSame(FullStates.Lease() with { BatchParts = 0 }, ReadLease("v1/lease.bin"));

    [Fact]
    public void Lease_SentByVersion2_IsRead() => AssertSame(FullStates.Lease(), ReadLease("v2/lease.bin"));

    [Theory]
    [InlineData(typeof(Grains.Jobs.JobState), "v11/job.json")]
    [InlineData(typeof(Grains.Jobs.SubmitKeyState), "v4/submit-key.json")]
    [InlineData(typeof(Grains.Studies.StudyState), "v11/study.json")]
    [InlineData(typeof(Grains.Sweeps.SweepState), "v12/sweep.json")]
    [InlineData(typeof(Grains.Registry.RegistryState), "v1/registry.json")]
    [InlineData(typeof(Grains.Identity.ApiKeyState), "v9/api-key.json")]
    [InlineData(typeof(Grains.Identity.TenantsState), "v11/tenants.json")]
    [InlineData(typeof(Grains.Identity.ApiKeyIndexState), "v9/api-key-index.json")]
    [InlineData(typeof(Grains.Audit.AuditChainState), "v9/audit-chain.json")]
    public void Recording_OfEachState_HoldsEveryMemberThatIsStored(Type state, string file)
    {
        var recorded = JsonNode.Parse(File.ReadAllText(SourceFolder.Path(Path.Combine("Recorded", file))))!.AsObject().Select(m => m.Key);
        var stored = state.GetProperties().Where(p => p.IsDefined(typeof(IdAttribute), false)).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        Assert.Empty(stored.Except(recorded));
    }

    private static Lease ReadLease(string file)
    {
        var path = SourceFolder.Path(Path.Combine("Recorded", file));
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        if (SourceFolder.IsRenewing && !File.Exists(path)) File.WriteAllBytes(path, serializer.SerializeToArray(FullStates.Lease()));
        return serializer.Deserialize<Lease>(File.ReadAllBytes(path))!;
    }

    private static void AssertSame<T>(T expected, T actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected, SpecJson.Indented), JsonSerializer.Serialize(actual, SpecJson.Indented));
}
