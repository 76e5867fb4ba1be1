using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;
using Ptune.Supervisor.Attempts;

namespace Ptune.Workers.Tests;

/// <summary>A cache that would grow beyond its volume ends the worker, and with it every attempt.</summary>
public sealed class CacheRoomTests : IDisposable
{
    private const int Size = 1000;

    private readonly TemporaryFolder _folder = new("room");
    private readonly ArtifactStore _artifacts;

    public CacheRoomTests() => _artifacts = new ArtifactStore(new MemoryBlobs(), TimeProvider.System);

    private string Cache => _folder.PathOf("cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LayOut_BeyondTheLimit_RemovesWhatWasNotUsedForTheLongestTime()
    {
        var inputs = Inputs(limit: 2 * Size);
        var (one, two, three) = (await PutAsync(1), await PutAsync(2), await PutAsync(3));
        await UseAsync(inputs, one);
        await UseAsync(inputs, two);
        Age(one, hours: 1);
        Age(two, hours: 2);
        var log = await UseAsync(inputs, three);

        Assert.Equal(new HashSet<string> { one, three }, inputs.Warm().ToHashSet());
        Assert.Equal("The worker's cache was full: 1 entry (0.0 MB) that no job had used for the longest time was removed", Assert.Single(log));
        // What has gone is fetched again.
        Assert.Single(await UseAsync(inputs, two));
        Assert.Equal(new HashSet<string> { two, three }, inputs.Warm().ToHashSet());
    }

    [Fact]
    public async Task LayOut_OfWhatARunningAttemptUses_StaysUntilItHasEnded()
    {
        var (inputs, other) = (Inputs(limit: 2 * Size), Inputs(limit: 2 * Size));
        var (one, two, three) = (await PutAsync(1), await PutAsync(2), await PutAsync(3));
        using (var attempt = Attempt())
        {
            await inputs.LayOutAsync(Lease(one), attempt, _ => { }, TestContext.Current.CancellationToken);
            Age(one, hours: 5);
            await UseAsync(inputs, two);
            // Another worker of the same cache knows of it, too.
            Assert.Single(await UseAsync(other, three));
            Assert.Equal(new HashSet<string> { one, three }, inputs.Warm().ToHashSet());
        }
        Age(one, hours: 5);
        Assert.Single(await UseAsync(Inputs(limit: 2 * Size), two));
        Assert.Equal(new HashSet<string> { two, three }, inputs.Warm().ToHashSet());
    }

    [Fact]
    public void Make_FilesOfDataSetsAndWhatExecutorsKeep_GoOldestFirst()
    {
        string old = Write("files", "old", hours: 30), recent = Write("files", "recent", hours: 0), state = Write("states", "s.safetensors", hours: 20), held = Write("states", "s.safetensors.lock", hours: 40), foreign = Write("elsewhere", "x", hours: 50);

        Assert.Equal((1, Size), new CacheRoom(Cache, 3 * Size, TimeProvider.System).Make(Size));
        Assert.Equal((false, true), (File.Exists(old), File.Exists(state)));
        // A job may just have found the recent one; locks and other folders are nobody's to remove.
        Assert.Equal((1, Size), new CacheRoom(Cache, 1, TimeProvider.System).Make(Size));
        Assert.Equal((false, true, true, true), (File.Exists(state), File.Exists(recent), File.Exists(held), File.Exists(foreign)));
    }

    [Fact]
    public async Task LayOut_WithoutALimit_RemovesNothing()
    {
        var inputs = Inputs(limit: null);
        for (var i = 1; i <= 3; i++) Assert.Empty(await UseAsync(inputs, await PutAsync(i)));
        Assert.Equal(3, inputs.Warm().Length);
    }

    /// <summary>Whoever names an artifact first has it whole until the attempt ends, however many others make room meanwhile.</summary>
    [Fact]
    public async Task LayOut_ByManyAtOnceInASmallCache_GivesEachWhatItNeeds()
    {
        string[] all = await Task.WhenAll(Enumerable.Range(1, 6).Select(PutAsync));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var (inputs, random) = (Inputs(limit: 2 * Size), new Random(worker));
            for (var i = 0; i < 100; i++)
            {
                using var attempt = Attempt();
                var folder = Assert.Single(await inputs.LayOutAsync(Lease(random.GetItems(all, 1)[0]), attempt, _ => { }, TestContext.Current.CancellationToken)).Value;
                await Task.Yield();
                Assert.Equal(Size, (await File.ReadAllBytesAsync(Path.Combine(folder, "weights"), TestContext.Current.CancellationToken)).Length);
            }
        })));
    }

    private InputFolders Inputs(long? limit) => new(_artifacts, Path.Combine(Cache, "artifacts"), new CacheRoom(Cache, limit, TimeProvider.System));

    private AttemptFolder Attempt() => new(Path.Combine(Cache, "attempts", "w"), Lease());

    private static Lease Lease(params string[] inputs) => new("default." + new string('a', 32), "j", 1, new NoOpSpec(), inputs.ToDictionary(digest => digest), null, TimeSpan.FromSeconds(30));

    private async Task<List<string>> UseAsync(InputFolders inputs, string digest)
    {
        var log = new List<string>();
        using var attempt = Attempt();
        await inputs.LayOutAsync(Lease(digest), attempt, log.Add, TestContext.Current.CancellationToken);
        return log;
    }

    private async Task<string> PutAsync(int number)
    {
        var folder = _folder.Subfolder($"made-{number}");
        await File.WriteAllBytesAsync(Path.Combine(folder, "weights"), [.. Enumerable.Repeat((byte)number, Size)]);
        return (await _artifacts.PutAsync(folder, new ArtifactManifest { Kind = ArtifactKind.Model, JobId = "default.a", Files = [], Recipe = new NoOpSpec { Seed = number } })).Digest;
    }

    private void Age(string digest, int hours) => File.SetLastWriteTimeUtc(Path.Combine(Cache, "artifacts", ".locks", Digest.Hex(digest)), DateTime.UtcNow.AddHours(-hours));


    private string Write(string kind, string name, int hours)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Cache, "data", kind)).FullName, name);
        File.WriteAllBytes(path, new byte[Size]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
        File.SetLastAccessTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
        return path;
    }
}
