using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Collecting;
using Ptune.Storage.Uploads;

namespace Ptune.Storage.Tests.Collecting;

/// <summary>How every store is measured and cleaned. A test has the store for itself.</summary>
public abstract class StoreCollectorContract(TestStorage storage) : IAsyncLifetime
{
    private readonly string _tenant = Rows.NewTenant();

    private readonly string _mark = Guid.NewGuid().ToString("N");

    private IBlobStore Blobs { get; } = storage.Get<IBlobStore>();

    private ICatalog Catalog { get; } = storage.Get<ICatalog>();

    private ArtifactStore Artifacts { get; } = storage.Get<ArtifactStore>();

    /// <summary>What the tests before have left goes.</summary>
    public async ValueTask InitializeAsync()
    {
        await foreach (var row in Catalog.ListArtifactsAsync(null)) await Catalog.RemoveArtifactAsync(row.Tenant, row.Digest);
        await CollectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task CollectAsync_ArtifactWithARow_StaysAndOneWithoutGoes()
    {
        var kept = await PutAsync("kept", "shared", "own");
        var lost = await PutAsync("lost", "shared", "of an attempt that was given up");
        await Catalog.PutAsync(RowOf(kept));
        var view = await CollectAsync();
        Assert.Empty(view.Problems);
        foreach (var file in kept.Manifest.Files) Assert.True(await IsThereAsync(BlobNames.Content(file.Digest)));
        Assert.True(await IsThereAsync(BlobNames.Content(kept.Digest)));
        Assert.False(await IsThereAsync(BlobNames.Content(lost.Digest)));
        Assert.False(await IsThereAsync(BlobNames.Content(lost.Manifest.Files.Single(file => kept.Manifest.Files.All(other => other.Digest != file.Digest)).Digest)));
        Assert.Equal((StoreKinds.Unused, 2), (Assert.Single(view.Removed).Kind, view.Removed[0].Count));
    }

    [Fact]
    public async Task CollectAsync_WithinTheGraceTime_RemovesNothing()
    {
        var lost = await PutAsync("lost", "a");
        var upload = await UploadAsync("upload");
        await PieceAsync("unfinished");
        await CheckpointAsync("job");
        var view = await CollectAsync(grace: TimeSpan.FromHours(1));
        Assert.Equal((0L, 0), (view.Bytes, view.Removed.Length));
        Assert.True(await IsThereAsync(BlobNames.Content(lost.Digest)));
        Assert.True(await IsThereAsync(BlobNames.Content(upload)));
    }

    [Fact]
    public async Task CollectAsync_DryRun_SaysWhatItWouldRemoveAndLeavesIt()
    {
        var lost = await PutAsync("lost", "a");
        var upload = await UploadAsync("upload");
        var dry = await CollectAsync(isDryRun: true);
        Assert.True(dry.IsDryRun);
        Assert.True(await IsThereAsync(BlobNames.Content(lost.Digest)));
        Assert.True(await IsThereAsync(BlobNames.Content(upload)));
        var wet = await CollectAsync();
        Assert.Equal((dry.Bytes, string.Join(',', dry.Removed.Select(row => row.ToString()))), (wet.Bytes, string.Join(',', wet.Removed.Select(row => row.ToString()))));
        Assert.Equal([StoreKinds.Unused, StoreKinds.Uploads], wet.Removed.Select(row => row.Kind));
    }

    [Fact]
    public async Task CollectAsync_Uploads_ThoseThatAJobNeedsStay()
    {
        var (needed, unneeded) = (await UploadAsync("needed"), await UploadAsync("not needed"));
        await CollectAsync(needed: [Digest.Hex(needed)]);
        Assert.True(await IsThereAsync(BlobNames.Content(needed)));
        Assert.False(await IsThereAsync(BlobNames.Content(unneeded)));
        Assert.Equal(Digest.Hex(needed), Assert.Single(await storage.Get<UploadStore>().ListAsync().Where(upload => upload.Tenant == _tenant).ToListAsync()).Sha256);
    }

    [Fact]
    public async Task CollectAsync_UploadThatAnArtifactHas_StaysAsTheArtifacts()
    {
        var upload = await UploadAsync("weights");
        var kept = await PutAsync("kept", "weights");
        Assert.Equal(upload, Assert.Single(kept.Manifest.Files).Digest);
        await Catalog.PutAsync(RowOf(kept));
        await CollectAsync();
        Assert.True(await IsThereAsync(BlobNames.Content(upload)));
    }

    [Fact]
    public async Task CollectAsync_UnfinishedUpload_Goes()
    {
        await PieceAsync("unfinished");
        var removed = Assert.Single((await CollectAsync()).Removed);
        Assert.Equal(new StoreUsageRow(StoreKinds.UnfinishedUploads, 1, 10), removed);
        Assert.Empty(await Blobs.ListAsync(BlobNames.UploadPieces).ToListAsync());
    }

    [Fact]
    public async Task CollectAsync_Checkpoints_ThoseOfJobsThatMayGoOnStay()
    {
        var (running, done) = (await CheckpointAsync("running"), await CheckpointAsync("done"));
        var view = await CollectAsync(checkpointsOf: Rows.JobId(_tenant, "running"));
        Assert.True(await IsThereAsync(running));
        Assert.False(await IsThereAsync(done));
        Assert.Contains(view.Removed, row => row.Kind == StoreKinds.Checkpoints);
    }

    /// <summary>The file was stored long ago by somebody else and is nobody's: the job sees that it is there, and the cleaning that nobody has it.</summary>
    [Fact]
    public async Task CollectAsync_AJobStoresAnArtifactMeanwhile_TheArtifactIsWhole()
    {
        var before = await PutAsync("given up", "equal weights");
        var weights = BlobNames.Content(before.Manifest.Files[0].Digest);
        var start = DateTimeOffset.UtcNow;
        StoredArtifact? stored = null;
        await CollectAsync(looking: async () =>
        {
            stored = await PutAsync("of the running job", "equal weights");
            // A grace time is hours; here it is none, and some stores' times are whole seconds.
            await Eventually.ValueAsync("the weights are newer", async () =>
            {
                stored = await PutAsync("of the running job", "equal weights");
                return Assert.Single(await Blobs.ListAsync(weights).ToListAsync()).Created;
            }, time => time > start.AddSeconds(1));
            await Catalog.PutAsync(RowOf(stored));
        });
        var folder = await new ArtifactStore(Blobs, TimeProvider.System).MaterializeAsync(stored!.Digest, Path.Combine(storage.Scratch, "cache"));
        Assert.Equal($"equal weights of {_mark}", await File.ReadAllTextAsync(Path.Combine(folder, "0")));
        Assert.False(await IsThereAsync(BlobNames.Content(before.Digest)));
    }

    [Fact]
    public async Task CollectAsync_ManifestIsMissing_LeavesAllContentAndSaysWhy()
    {
        var broken = await PutAsync("broken", "a");
        var lost = await PutAsync("lost", "b");
        await Catalog.PutAsync(RowOf(broken));
        await Blobs.DeleteAsync(BlobNames.Content(broken.Digest));
        var view = await CollectAsync();
        Assert.Contains(broken.Digest, Assert.Single(view.Problems), StringComparison.Ordinal);
        Assert.True(await IsThereAsync(BlobNames.Content(lost.Digest)));
    }

    [Fact]
    public async Task MeasureAsync_Store_IsCountedByKindAndTheLargestAreNamed()
    {
        var (first, second) = (await PutAsync("first", "shared", "own"), await PutAsync("second", "shared"));
        await Catalog.PutAsync(RowOf(first));
        await Catalog.PutAsync(RowOf(second) with { Created = Rows.Noon.AddHours(1), Kind = ArtifactKind.Reward });
        await Catalog.PutAsync(new AliasRow(_tenant, "a@v1", first.Digest, Rows.Noon, 1));
        await UploadAsync("upload");
        await CheckpointAsync("job");
        var view = await storage.Get<StoreUsage>().MeasureAsync(2);
        var kinds = view.Kinds.Where(row => row.Kind != StoreKinds.Logs).ToDictionary(row => row.Kind);
        var firstManifest = (await Blobs.ListAsync(BlobNames.Content(first.Digest)).SingleAsync()).Bytes;
        var secondManifest = (await Blobs.ListAsync(BlobNames.Content(second.Digest)).SingleAsync()).Bytes;
        // The shared file is the older artifact's.
        Assert.Equal(new StoreUsageRow("evaluation", 1, first.Bytes + firstManifest), kinds["evaluation"]);
        Assert.Equal(new StoreUsageRow("reward", 1, secondManifest), kinds["reward"]);
        Assert.Equal(new StoreUsageRow(StoreKinds.Uploads, 1, Content("upload").Length), kinds[StoreKinds.Uploads]);
        Assert.Equal(1, kinds[StoreKinds.Checkpoints].Count);
        Assert.Equal(view.Kinds.Sum(row => row.Bytes), view.Bytes);
        Assert.Equal(2, view.Largest.Length);
        Assert.Equal((first.Digest, "a@v1"), (view.Largest[0].Id, Assert.Single(view.Largest[0].Names)));
    }

    private Task<CollectionView> CollectAsync(
        TimeSpan grace = default, bool isDryRun = false, string[]? needed = null, string? checkpointsOf = null, Func<Task>? looking = null) =>
        storage.Get<StoreCollector>().CollectAsync(new CollectionRequest(
            grace,
            isDryRun,
            async _ =>
            {
                if (looking is not null) await looking();
                return (needed ?? []).ToHashSet();
            },
            (job, _) => Task.FromResult(job == checkpointsOf)));

    private string Content(string text) => $"{text} of {_mark}";

    private Task<StoredArtifact> PutAsync(string name, params string[] files)
    {
        var folder = Path.Combine(storage.Scratch, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        foreach (var (i, file) in files.Index()) File.WriteAllText(Path.Combine(folder, $"{i}"), Content(file));
        return Artifacts.PutAsync(folder, new ArtifactManifest
        {
            Kind = ArtifactKind.Evaluation,
            JobId = Rows.JobId(_tenant, name),
            Files = [],
            Recipe = new NoOpSpec { Seed = 41 },
        });
    }

    private ArtifactRow RowOf(StoredArtifact stored) => new(_tenant, stored.Digest, stored.Manifest.Kind, stored.Manifest.JobId, null, stored.Bytes, Rows.Noon);

    private async Task<string> UploadAsync(string text)
    {
        var content = Encoding.UTF8.GetBytes(Content(text));
        var digest = Digest.Of(content);
        var result = await storage.Get<UploadStore>().AppendAsync(_tenant, Digest.Hex(digest), 0, content.Length, new MemoryStream(content));
        Assert.True(result.Standing.IsComplete);
        return digest;
    }

    private Task PieceAsync(string text) => storage.Get<UploadStore>().AppendAsync(_tenant, Digest.Hex(Digest.Of(Content(text))), 0, 100, new MemoryStream(new byte[10]));

    private async Task<string> CheckpointAsync(string job)
    {
        var name = BlobNames.Checkpoint(Rows.JobId(_tenant, job), 1, 10);
        await Blobs.CreateAsync(name, new MemoryStream([1, 2, 3]));
        return name;
    }

    private async Task<bool> IsThereAsync(string name)
    {
        await using var blob = await Blobs.OpenAsync(name);
        return blob is not null;
    }
}
