using Ptune.Executor.Hub;
using Ptune.Fixtures;
using Ptune.Learning;

namespace Ptune.Workers.Tests.Hub;

/// <summary>The cache of the hub's own client, with the hub and without it.</summary>
public sealed class HubCacheTests
{
    private const string Weights = "model.safetensors";

    [Theory]
    [InlineData("hf:acme/tiny")]
    [InlineData("hf:acme/tiny@v1")]
    [InlineData($"hf:acme/tiny@{HubRepository.Commit}")]
    public async Task Fetch_OfflineOfWhatTheCacheHas_ConnectsNowhere(string reference)
    {
        using var rig = Offline();
        rig.Reference = HubReference.Parse(reference);
        Fill(rig, "v1");
        var before = Everything(rig.CacheFolder);

        var snapshot = await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Empty(rig.Server.Requests);
        Assert.Equal(HubRepository.Commit, snapshot.Commit);
        Assert.All(snapshot.Files, file => Assert.Equal((HubRepository.Sha256(rig.Repository.Files[file.Path]), true), (file.Sha256, file.IsFromCache)));
        Assert.Contains("without asking the hub", Assert.Single(snapshot.Notes), StringComparison.Ordinal);
        Assert.Equal(before, Everything(rig.CacheFolder));
        // Files, not links into the cache.
        Assert.All(rig.Placed, path => Assert.Null(new FileInfo(Path.Combine(rig.Folder, path)).LinkTarget));
        Assert.False(Directory.Exists(rig.Partial));
    }

    [Theory]
    [InlineData("hf:acme/tiny@v2")]
    [InlineData("hf:acme/other")]
    [InlineData("hf:acme/tiny@ffffffffffffffffffffffffffffffffffffffff")]
    public async Task Fetch_OfflineOfWhatTheCacheLacks_NamesTheSettingAndTheFolderAndConnectsNowhere(string reference)
    {
        using var rig = Offline();
        rig.Reference = HubReference.Parse(reference);
        Fill(rig, "v1");

        var error = await rig.FailsAsync<DataException>();

        Assert.StartsWith($"{reference} cannot be fetched: HF_HUB_OFFLINE forbids to connect, and the hub's cache {rig.CacheFolder} does not have it.", error.Message, StringComparison.Ordinal);
        Assert.Contains("hf download acme/", error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Server.Requests);
    }

    [Fact]
    public async Task Fetch_OfflineOfADamagedBlob_IsRefused()
    {
        using var rig = Offline();
        Fill(rig);
        var blob = Blob(rig, Weights);
        await File.WriteAllBytesAsync(blob, new byte[rig.Repository.Files[Weights].Length]);

        Assert.StartsWith($"{blob} is damaged", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfflineOfABlobThatIsGone_IsRefused()
    {
        using var rig = Offline();
        Fill(rig);
        File.Delete(Blob(rig, Weights));

        Assert.Contains("which is not there: the cache is damaged", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfflineOfALinkOutOfTheCache_IsNotFollowed()
    {
        using var rig = Offline();
        Fill(rig);
        using var elsewhere = new TemporaryFolder();
        await File.WriteAllTextAsync(elsewhere.PathOf("secret.json"), "{}");
        File.CreateSymbolicLink(Path.Combine(Snapshot(rig), "extra.json"), elsewhere.PathOf("secret.json"));

        Assert.Contains("outside of the hub's cache. It is not followed", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfflineOfBlobsThatRepositoriesShare_FollowsThem()
    {
        using var rig = Offline();
        Fill(rig);
        var shared = Path.Combine(rig.CacheFolder, "blobs", "ab", new string('a', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(shared)!);
        File.Move(Blob(rig, Weights), shared);
        File.CreateSymbolicLink(Blob(rig, Weights), $"../../blobs/ab/{new string('a', 64)}");

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Contains(Weights, rig.Placed);
    }

    [Fact]
    public async Task Fetch_OfflineOfACacheWithoutLinks_TakesItsFiles()
    {
        using var rig = Offline();
        Fill(rig);
        foreach (var link in Directory.GetFiles(Snapshot(rig)))
        {
            File.Delete(link);
            await File.WriteAllBytesAsync(link, rig.Repository.Files[Path.GetFileName(link)]);
        }

        await rig.FetchAsync();

        rig.AssertWhole();
    }

    [Fact]
    public async Task Fetch_OfflineOfAPartOfAModel_NamesWhatIsMissing()
    {
        using var rig = Offline(HubRepository.Of("llama-tied-bf16-sharded"));
        Fill(rig);
        var shard = rig.Repository.Files.Keys.Last(path => path.EndsWith(".safetensors", StringComparison.Ordinal));
        File.Delete(Path.Combine(Snapshot(rig), shard));

        Assert.Contains($"in the hub's cache {rig.CacheFolder} has no {shard}", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfWhatTheCacheHas_AsksTheHubForTheListAndTheRest()
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Cache = rig.CacheFolder };
        Fill(rig);
        rig.Repository.Files["tokenizer.json"] = "{}"u8.ToArray();

        var snapshot = await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal(["tokenizer.json"], snapshot.Files.Where(file => !file.IsFromCache).Select(file => file.Path));
        Assert.Equal(2, rig.Server.Requests.Length);
        Assert.Empty(snapshot.Notes);
    }

    [Fact]
    public async Task Fetch_OfWhatTheCacheHasDamaged_FetchesIt()
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Cache = rig.CacheFolder };
        Fill(rig);
        await File.WriteAllBytesAsync(Blob(rig, Weights), new byte[rig.Repository.Files[Weights].Length]);

        var snapshot = await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal([Weights], snapshot.Files.Where(file => !file.IsFromCache).Select(file => file.Path));
    }

    [Fact]
    public async Task Fetch_OfAHubThatIsAway_SaysThatTheCacheHasIt()
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Cache = rig.CacheFolder };
        Fill(rig);
        rig.Server.Dispose();

        var error = await rig.FailsAsync<IOException>();

        Assert.EndsWith($"The hub's cache {rig.CacheFolder} has commit {HubRepository.Commit} of it; with HF_HUB_OFFLINE=1 that is taken without asking the hub.", error.Message, StringComparison.Ordinal);
    }

    private static HubRig Offline(HubRepository? repository = null)
    {
        var rig = new HubRig(repository);
        rig.Settings = rig.Settings with { Cache = rig.CacheFolder, OfflineBy = "HF_HUB_OFFLINE" };
        return rig;
    }

    private static string Repository(HubRig rig) => Path.Combine(rig.CacheFolder, "models--acme--tiny");

    private static string Snapshot(HubRig rig) => Path.Combine(Repository(rig), "snapshots", HubRepository.Commit);

    private static string Blob(HubRig rig, string path) => Path.Combine(Repository(rig), "blobs", HubRepository.Digest(path, rig.Repository.Files[path]));

    /// <summary>As the hub's own client lays it out.</summary>
    private static void Fill(HubRig rig, string? tag = null)
    {
        foreach (var folder in new[] { "blobs", "refs" }) Directory.CreateDirectory(Path.Combine(Repository(rig), folder));
        Directory.CreateDirectory(Snapshot(rig));
        File.WriteAllText(Path.Combine(Repository(rig), "refs", "main"), HubRepository.Commit);
        if (tag is not null) File.WriteAllText(Path.Combine(Repository(rig), "refs", tag), HubRepository.Commit);
        foreach (var (path, content) in rig.Repository.Files)
        {
            File.WriteAllBytes(Blob(rig, path), content);
            File.CreateSymbolicLink(Path.Combine(Snapshot(rig), path), $"../../blobs/{HubRepository.Digest(path, content)}");
        }
    }

    private static string[] Everything(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];
}
