using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Ptune.Fixtures.Servers;

namespace Ptune.Fixtures.Tests;

public sealed class AzuriteServerTests
{
    [Fact]
    public async Task RestartAsync_KeepsBlobsAndRows_AndDisposeLeavesNothingBehind()
    {
        var azurite = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);
        await using (azurite)
        {
            var container = new BlobContainerClient(azurite.ConnectionString, "files");
            await container.CreateAsync();
            await container.UploadBlobAsync("a", BinaryData.FromString("blob"));
            var table = new TableClient(azurite.ConnectionString, "rows");
            await table.CreateAsync();
            await table.AddEntityAsync(new TableEntity("p", "r") { ["text"] = "row" });

            await azurite.RestartAsync(TestContext.Current.CancellationToken);

            var blob = await container.GetBlobClient("a").DownloadContentAsync();
            Assert.Equal("blob", blob.Value.Content.ToString());
            var row = await table.GetEntityAsync<TableEntity>("p", "r");
            Assert.Equal("row", row.Value["text"]);
        }

        await Eventually.IsTrueAsync("Azurite is gone", () => Running.With(azurite.LogFolder).Length == 0);
        Assert.True(FreePorts.IsFree(azurite.BlobEndpoint.Port));
    }

    [Fact]
    public async Task KillAsync_LeavesNobodyListening()
    {
        await using var azurite = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);
        var process = azurite.ProcessId;

        await azurite.KillAsync();

        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.True(FreePorts.IsFree(azurite.TableEndpoint.Port));
    }
}
