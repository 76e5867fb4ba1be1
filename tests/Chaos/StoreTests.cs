using Ptune.Chaos.Tests.Rig;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests;

/// <summary>One machine, one store: a second server by mistake, and a disk without room.</summary>
public sealed class StoreTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task TwoServers_OnOneStoreByMistake_TheSecondIsRefusedAndTheFirstWorksOn()
    {
        using var folder = new TemporaryFolder("two-servers");
        var store = Path.Combine(folder.Location, "store");
        await using var first = await Embedded.StartAsync(store, executors: 1);
        using var client = new RetryingClient(() => [first.Api.Url], "default");
        var job = (await client.SubmitAsync(Work.NoOp(1))).JobId;

        await using var second = Program.Start("Silo", "Ptune.Silo.dll", [], new Dictionary<string, string>
        {
            ["PTUNE_Storage__Folder"] = store,
            ["PTUNE_Http__Urls"] = "http://127.0.0.1:0",
        });
        Assert.NotEqual(0, await second.ExitAsync());

        Assert.True(Signals.ChildrenOf(first.Process.Id).Any(id => second.Output.Contains($"{id}", StringComparison.Ordinal)), second.Output);
        Assert.Equal(JobStatus.Succeeded, (await client.EndOfAsync(job, s_limit)).Status);
    }

    [Fact]
    public async Task FullDisk_UnderAServer_IsSaidAndWhatWasAcknowledgedStands()
    {
        Assert.SkipUnless(SmallDisk.IsPossible, "A small disk of one's own is mounted by root in a mount namespace, and that is not possible here.");
        using var folder = new TemporaryFolder("full-disk");
        await using var server = await SmallDisk.StartServerAsync(folder.Location);
        using var client = new RetryingClient(() => [server.Url], "default");
        var before = await client.EndOfAsync((await client.SubmitAsync(Work.NoOp(1))).JobId, s_limit);
        Assert.Equal(JobStatus.Succeeded, before.Status);

        server.Fill();
        var refused = await server.TrySubmitAsync(Work.NoOp(2));
        Assert.NotNull(refused);
        Assert.True(refused.Contains("\"detail\"", StringComparison.Ordinal), refused + server.Log);
        Assert.Equal(JobStatus.Succeeded, (await client.JobAsync(before.JobId)).Status);

        server.Empty();
        Assert.Equal(JobStatus.Succeeded, (await client.EndOfAsync((await client.SubmitAsync(Work.NoOp(2))).JobId, s_limit)).Status);
        Assert.Equal(before.Result!.Artifact, (await client.JobAsync(before.JobId)).Result!.Artifact);
    }
}
