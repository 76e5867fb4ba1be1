using Ptune.Chaos.Tests.Rig;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests.Upgrades;

/// <summary>Upgrades a cluster and a store from the build of another checkout to this one, and a cluster back, each in the middle of a study.</summary>
internal static class UpgradeCommand
{
    public const string Switch = "--upgrade";

    // A job of the study takes some ten seconds: no shorter than a silo needs to start on a busy machine.
    private const int Epochs = 600;

    /// <param name="args">The other checkout, built.</param>
    /// <returns>0; or 1 when something was lost, restarted, not read, or gave other bytes than a run without an upgrade.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await UpgradeAsync(new Build(args[0]));
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
        {
            Say($"error: {e.Message}");
            return 1;
        }
    }

    private static async Task<int> UpgradeAsync(Build old)
    {
        using var folder = new TemporaryFolder("upgrade");
        var spec = TinyStudy.Spec(TinyImages.Write(folder.PathOf("data")), tuningEpochs: Epochs);
        Say("the study as this build computes it, undisturbed");
        var expected = await ExpectedAsync(folder.PathOf("store"), spec);
        Say("the cluster");
        var cluster = await new ClusterUpgrade("two silos, then the worker", old, Build.This, spec, expected).RunAsync(folder.Subfolder("cluster"));
        Say("the store");
        var store = await new StoreUpgrade(old, spec, expected).RunAsync(folder.Subfolder("embedded"));

        Say("the cluster, back");
        var back = await new ClusterUpgrade("the same back: by the other build's", Build.This, old, spec, expected).RunAsync(folder.Subfolder("back"));

        UpgradeResult[] results = [cluster, store, back];
        foreach (var result in results.Where(r => r.Story.Length > 0)) Say($"{result.What}:\n{result.Story}");
        Console.WriteLine($"{UpgradeResult.Head}\n{string.Join('\n', results.AsEnumerable())}");
        return results.All(r => r.IsGood) ? 0 : 1;
    }

    private static async Task<StudyFiles> ExpectedAsync(string store, string spec)
    {
        await using var server = await Embedded.StartAsync(store, executors: 1);
        using var client = new RetryingClient(() => [server.Api.Url], "default");
        return await StudyFiles.OfAsync(client, (await client.SubmitStudyAsync(spec)).StudyId);
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
