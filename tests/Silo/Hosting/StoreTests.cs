using System.Net.Http.Json;
using System.Security.Cryptography;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Hosting;

/// <summary>Measuring and cleaning of a server's store, which other tests must not share: its grace time is none.</summary>
public sealed class StoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("store");
    private SiloProcess? _server;
    private TenantClient? _client;

    public async ValueTask InitializeAsync()
    {
        _server = await SiloProcess.StartAsync(_folder.Location, new()
        {
            ["PTUNE_Storage__Grace"] = "0:00:00",
            ["PTUNE_Storage__MaxUploadBytes"] = "1000",
            ["PTUNE_Storage__UploadQuotaBytes"] = "1500",
        });
        _client = new TenantClient(_server.Client(), "default");
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Collection_UploadsThatAJobNeeds_StayUntilItHasEnded()
    {
        var (needed, unneeded) = (await UploadAsync(300), await UploadAsync(200));
        var job = await _client!.PostAsync<JobView>(Routes.Jobs, $$"""
            apiVersion: ptune/v1
            kind: Import
            name: imported
            from: { kind: uploaded, files: [ { path: config.json, sha256: {{needed}} } ] }
            """);
        var usage = await _client.GetAsync<StoreUsageView>(Routes.Store);
        Assert.Equal(new StoreUsageRow(StoreKinds.Uploads, 2, 500), Assert.Single(usage.Kinds));
        Assert.Equal((Digest.Prefix + needed, 300L), (usage.Largest[0].Id, usage.Largest[0].Bytes));

        var dry = await _client.PostAsync<CollectionView>(Routes.StoreCollection + "?dryRun=true");
        Assert.Equal((true, 200L), (dry.IsDryRun, dry.Bytes));
        Assert.Equal(200, (await _client.PostAsync<CollectionView>(Routes.StoreCollection)).Bytes);
        Assert.Equal((true, false), (IsStored(needed), IsStored(unneeded)));

        await _client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
        Assert.Equal(300, (await _client.PostAsync<CollectionView>(Routes.StoreCollection)).Bytes);
        Assert.False(IsStored(needed));
    }

    [Fact]
    public async Task Collection_CheckpointsOfACancelledJob_StayUnlessTheyAreAskedFor()
    {
        var job = await _client!.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a"));
        var checkpoint = Path.Combine(_folder.PathOf("store"), "blobs", BlobNames.Checkpoint(job.JobId, 1, 1));
        Directory.CreateDirectory(Path.GetDirectoryName(checkpoint)!);
        await File.WriteAllTextAsync(checkpoint, "checkpoint");
        Assert.Equal(0, (await _client.PostAsync<CollectionView>(Routes.StoreCollection + "?checkpoints=true")).Bytes);
        await _client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
        Assert.Equal(0, (await _client.PostAsync<CollectionView>(Routes.StoreCollection)).Bytes);
        Assert.Equal(10, (await _client.PostAsync<CollectionView>(Routes.StoreCollection + "?checkpoints=true")).Bytes);
        Assert.False(File.Exists(checkpoint));
    }

    [Fact]
    public async Task Upload_BeyondTheLimits_IsRefusedInWords()
    {
        Assert.Contains("1,000", await RefusalAsync(1001), StringComparison.Ordinal);
        await UploadAsync(1000);
        Assert.Contains("1,500", await RefusalAsync(600), StringComparison.Ordinal);
        await UploadAsync(500);
    }

    private async Task<string> UploadAsync(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        using var answer = await _client!.Http.PutAsync($"/v1/uploads/{sha256}", new ByteArrayContent(content));
        Assert.True((await answer.Content.ReadFromJsonAsync<UploadView>(SpecJson.Options))!.IsComplete);
        return sha256;
    }

    private async Task<string> RefusalAsync(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        using var answer = await _client!.Http.PutAsync($"/v1/uploads/{Convert.ToHexStringLower(SHA256.HashData(content))}", new ByteArrayContent(content));
        return (string)(await Problem.ReadAsync(answer, System.Net.HttpStatusCode.RequestEntityTooLarge))["detail"]!;
    }

    private bool IsStored(string sha256) => File.Exists(Path.Combine(_folder.PathOf("store"), "blobs", BlobNames.Content(Digest.Prefix + sha256)));
}
