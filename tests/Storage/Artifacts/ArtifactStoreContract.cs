using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;

namespace Ptune.Storage.Tests.Artifacts;

/// <summary>What an artifact store does on every blob store.</summary>
public abstract class ArtifactStoreContract(TestStorage storage) : IAsyncDisposable
{
    /// <summary>Makes this test's content another than every other test's in the same account.</summary>
    private readonly string _mark = Guid.NewGuid().ToString("N");

    protected ArtifactStore Artifacts { get; } = storage.Get<ArtifactStore>();

    protected IBlobStore Blobs { get; } = storage.Get<IBlobStore>();

    /// <summary>A store that has verified nothing yet, as a new process has.</summary>
    protected ArtifactStore Fresh => new(Blobs, TimeProvider.System);

    protected string Cache => Path.Combine(storage.Scratch, "cache");

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task PutAsync_Folder_IsMaterializedTheSame()
    {
        var stored = await PutAsync(("model.safetensors", "weights"), ("golden/outputs.json", "outputs"), ("empty", ""));
        var folder = await Artifacts.MaterializeAsync(stored.Digest, Cache);
        Assert.Equal(Content("weights"), await File.ReadAllTextAsync(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(Content("outputs"), await File.ReadAllTextAsync(Path.Combine(folder, "golden", "outputs.json")));
        Assert.Equal(3, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length);
        Assert.Equal(stored.Bytes, stored.Manifest.Files.Sum(file => file.Bytes));
    }

    [Fact]
    public async Task PutAsync_Manifest_KeepsItsPartsAndTheRecipesKind()
    {
        var stored = await PutAsync(("b", "1"), ("a", "2"));
        var manifest = await Artifacts.GetManifestAsync(stored.Digest);
        Assert.Equal(["a", "b"], manifest.Files.Select(file => file.Path));
        Assert.Equal(Digest.Of(Content("2")), manifest.Files[0].Digest);
        Assert.Equal(0.75, manifest.Metrics["accuracy"]);
        Assert.Equal(41, Assert.IsType<NoOpSpec>(manifest.Recipe).Seed);
        Assert.Equal(CanonicalJson.Of(stored.Manifest), CanonicalJson.Of(manifest));
        Assert.Equal(stored.Digest, Digest.Of(CanonicalJson.Of(manifest)));
    }

    [Fact]
    public async Task PutAsync_EqualContentAnotherName_IsTheSameArtifact()
    {
        var first = await PutAsync(("a", "same"));
        var second = await Artifacts.PutAsync(FolderOf(("a", "same")), Manifest() with { Recipe = Recipe with { Name = "renamed", Scheduling = new() { Priority = 7 } } });
        var other = await PutAsync(("a", "other"));
        Assert.Equal(first.Digest, second.Digest);
        Assert.NotEqual(first.Digest, other.Digest);
    }

    [Fact]
    public async Task PutAsync_ContentIsThere_IsRenewed()
    {
        var stored = await PutAsync(("a", "same"));
        var names = new[] { stored.Digest, stored.Manifest.Files[0].Digest }.Select(BlobNames.Content).ToArray();
        var before = await TimesAsync(names);
        // Some stores' times are whole seconds.
        await Eventually.ValueAsync("all are newer", async () =>
        {
            await PutAsync(("a", "same"));
            return await TimesAsync(names);
        }, after => after.Zip(before).All(pair => pair.First > pair.Second));
    }

    [Fact]
    public async Task PutAsync_NoFiles_IsAnArtifact()
    {
        var stored = await PutAsync();
        Assert.Empty((await Artifacts.GetManifestAsync(stored.Digest)).Files);
        Assert.Empty(Directory.GetFileSystemEntries(await Artifacts.MaterializeAsync(stored.Digest, Cache)));
    }

    [Fact]
    public async Task PutAsync_MetricThatIsNoNumber_IsRefusedByName()
    {
        var manifest = Manifest() with { Metrics = new() { ["loss"] = double.NaN } };
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Artifacts.PutAsync(FolderOf(("a", "1")), manifest));
        Assert.Contains("'loss'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetManifestAsync_UnknownDigest_SaysSo()
    {
        var unknown = Digest.Of("nobody stored this " + _mark);
        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => Artifacts.GetManifestAsync(unknown));
        Assert.Contains(unknown, failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Artifacts.GetManifestAsync("sha256:../../etc/passwd"));
    }

    [Fact]
    public async Task GetManifestAsync_ChangedManifest_NamesBothDigests()
    {
        var stored = await PutAsync(("a", "1"));
        var changed = Encoding.UTF8.GetBytes(CanonicalJson.Of(stored.Manifest).Replace("0.75", "0.99", StringComparison.Ordinal));
        await ReplaceAsync(BlobNames.Content(stored.Digest), changed);
        var failure = await Assert.ThrowsAsync<DigestMismatchException>(() => Fresh.GetManifestAsync(stored.Digest));
        Assert.Equal((stored.Digest, Digest.Of(changed)), (failure.Expected, failure.Actual));
    }

    [Fact]
    public async Task GetManifestAsync_PathOutsideTheFolder_IsRefused()
    {
        var file = new ArtifactFile("../outside", Digest.Of("x"), 1);
        var json = Encoding.UTF8.GetBytes(CanonicalJson.Of(Manifest() with { Files = [file] }));
        await Blobs.CreateAsync(BlobNames.Content(Digest.Of(json)), new MemoryStream(json));
        var failure = await Assert.ThrowsAsync<IOException>(() => Artifacts.MaterializeAsync(Digest.Of(json), Cache));
        Assert.Contains("../outside", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Cache, "outside")));
    }

    [Fact]
    public async Task GetManifestAsync_BlobThatIsNoManifest_SaysSo()
    {
        var stored = await PutAsync(("a", "just bytes"));
        var failure = await Assert.ThrowsAsync<IOException>(() => Artifacts.GetManifestAsync(stored.Manifest.Files[0].Digest));
        Assert.Contains("not an artifact manifest", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("truncated")]
    [InlineData("extended")]
    public async Task MaterializeAsync_DamagedFile_NamesFileAndBothDigests(string damage)
    {
        var stored = await PutAsync(("model.safetensors", "weights"));
        var file = stored.Manifest.Files[0];
        var bytes = Damage(Encoding.UTF8.GetBytes(Content("weights")), damage);
        await ReplaceAsync(BlobNames.Content(file.Digest), bytes);
        var failure = await Assert.ThrowsAsync<DigestMismatchException>(() => Fresh.MaterializeAsync(stored.Digest, Cache));
        Assert.Equal((file.Digest, Digest.Of(bytes)), (failure.Expected, failure.Actual));
        Assert.Contains(Digest.Hex(file.Digest), failure.File, StringComparison.Ordinal);
        Assert.Contains(file.Digest, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetDirectories(Cache), folder => !folder.EndsWith(".locks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MaterializeAsync_DamagedInTheCache_NamesFileAndBothDigests()
    {
        var stored = await PutAsync(("model.safetensors", "weights"));
        var path = Path.Combine(await Artifacts.MaterializeAsync(stored.Digest, Cache), "model.safetensors");
        File.Delete(path);
        await File.WriteAllTextAsync(path, "tampered with");
        var failure = await Assert.ThrowsAsync<DigestMismatchException>(() => Fresh.MaterializeAsync(stored.Digest, Cache));
        Assert.Equal((path, stored.Manifest.Files[0].Digest, Digest.Of("tampered with")), (failure.File, failure.Expected, failure.Actual));
    }

    [Fact]
    public async Task MaterializeAsync_MissingFile_NamesIt()
    {
        var stored = await PutAsync(("model.safetensors", "weights"));
        await Blobs.DeleteAsync(BlobNames.Content(stored.Manifest.Files[0].Digest));
        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => Fresh.MaterializeAsync(stored.Digest, Cache));
        Assert.Contains(Digest.Hex(stored.Manifest.Files[0].Digest), failure.Message + failure.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaterializeAsync_FileGoneFromTheCache_IsMadeAgain()
    {
        var stored = await PutAsync(("a", "1"), ("b", "2"));
        var folder = await Artifacts.MaterializeAsync(stored.Digest, Cache);
        File.Delete(Path.Combine(folder, "a"));
        Assert.Equal(folder, await Artifacts.MaterializeAsync(stored.Digest, Cache));
        Assert.Equal(Content("1"), await File.ReadAllTextAsync(Path.Combine(folder, "a")));
    }

    [Fact]
    public async Task MaterializeAsync_ManyAtOnce_AllGetTheWholeFolder()
    {
        var stored = await PutAsync(("a", "1"), ("b/c", "2"));
        // Stores of their own know nothing of each other, as processes do not.
        var folders = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Fresh.MaterializeAsync(stored.Digest, Cache))));
        var folder = Assert.Single(folders.Distinct());
        Assert.Equal(Content("2"), await File.ReadAllTextAsync(Path.Combine(folder, "b", "c")));
        Assert.Empty(Directory.GetDirectories(Cache, "*.unfinished"));
    }

    [Fact]
    public async Task MaterializeAsync_LeftUnfinishedByADeadProcess_IsMadeAnew()
    {
        var stored = await PutAsync(("a", "1"));
        var unfinished = Path.Combine(Cache, Digest.Hex(stored.Digest) + ".unfinished");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "a"), "half");
        var folder = await Artifacts.MaterializeAsync(stored.Digest, Cache);
        Assert.Equal(Content("1"), await File.ReadAllTextAsync(Path.Combine(folder, "a")));
        Assert.False(Directory.Exists(unfinished));
    }

    protected static NoOpSpec Recipe { get; } = new() { Name = "sample", Seed = 41 };

    protected Task<StoredArtifact> PutAsync(params (string Path, string Content)[] files) => Artifacts.PutAsync(FolderOf(files), Manifest());

    protected string Content(string text) => $"{text} of {_mark}";

    private ArtifactManifest Manifest() => new()
    {
        Kind = ArtifactKind.Evaluation,
        JobId = Rows.JobId("default", "sample"),
        Files = [],
        Recipe = Recipe,
        Metrics = new() { ["accuracy"] = 0.75 },
        Attributes = new() { ["mark"] = _mark },
    };

    private string FolderOf(params (string Path, string Content)[] files)
    {
        var folder = Path.Combine(storage.Scratch, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Content(content));
        }
        return folder;
    }

    private static byte[] Damage(byte[] bytes, string damage) => damage switch
    {
        "changed" => [(byte)(bytes[0] ^ 1), .. bytes[1..]],
        "truncated" => bytes[..^1],
        _ => [.. bytes, 0],
    };

    private async Task<DateTimeOffset[]> TimesAsync(string[] names)
    {
        var times = new List<DateTimeOffset>();
        foreach (var name in names) times.Add((await Blobs.ListAsync(name).SingleAsync()).Created);
        return [.. times];
    }

    private async Task ReplaceAsync(string name, byte[] bytes)
    {
        await Blobs.DeleteAsync(name);
        Assert.True(await Blobs.CreateAsync(name, new MemoryStream(bytes)));
    }
}
