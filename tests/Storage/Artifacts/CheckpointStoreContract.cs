using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;

namespace Ptune.Storage.Tests.Artifacts;

/// <summary>What a checkpoint store does on every blob store.</summary>
public abstract class CheckpointStoreContract(TestStorage storage) : IAsyncDisposable
{
    private readonly CheckpointStore _checkpoints = storage.Get<CheckpointStore>();
    private readonly IBlobStore _blobs = storage.Get<IBlobStore>();
    private readonly string _job = Rows.JobId(Rows.NewTenant(), "job");

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task FetchAsync_StoredCheckpoint_IsTheFile()
    {
        var stored = await PutAsync(epoch: 2, step: 30, "state");
        Assert.Equal(new StoredCheckpoint(BlobNames.Checkpoint(_job, 2, 30), Digest.Of("state"), 5, 30, 2), stored);
        var target = Path.Combine(storage.Scratch, "fetched");
        await File.WriteAllTextAsync(target, "older and longer");
        await _checkpoints.FetchAsync(stored, target);
        Assert.Equal("state", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task PutAsync_SameContentAgain_IsTheSameCheckpoint() =>
        Assert.Equal(await PutAsync(epoch: 1, step: 1, "state"), await PutAsync(epoch: 1, step: 1, "state"));

    [Fact]
    public async Task PutAsync_OtherContentUnderTheSameEpochAndStep_IsRefused()
    {
        var first = await PutAsync(epoch: 1, step: 1, "first");
        await Assert.ThrowsAsync<IOException>(() => PutAsync(epoch: 1, step: 1, "other"));
        await _checkpoints.FetchAsync(first, Path.Combine(storage.Scratch, "fetched"));
    }

    [Theory]
    [InlineData("stat")]
    [InlineData("State")]
    [InlineData("")]
    public async Task FetchAsync_DamagedCheckpoint_NamesItAndBothDigestsAndLeavesNothing(string damaged)
    {
        var stored = await PutAsync(epoch: 1, step: 1, "state");
        await _blobs.DeleteAsync(stored.Blob);
        await PutAsync(epoch: 1, step: 1, damaged);
        var folder = Directory.CreateDirectory(Path.Combine(storage.Scratch, "target")).FullName;
        var failure = await Assert.ThrowsAsync<DigestMismatchException>(() => _checkpoints.FetchAsync(stored, Path.Combine(folder, "fetched")));
        Assert.EndsWith(stored.Blob, failure.File, StringComparison.Ordinal);
        Assert.Equal((Digest.Of("state"), Digest.Of(damaged)), (failure.Expected, failure.Actual));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task FetchAsync_MissingCheckpoint_NamesIt()
    {
        var stored = await PutAsync(epoch: 1, step: 1, "state");
        await _blobs.DeleteAsync(stored.Blob);
        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => _checkpoints.FetchAsync(stored, Path.Combine(storage.Scratch, "fetched")));
        Assert.Contains(stored.Blob, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PruneAsync_ManyCheckpoints_KeepsTheNewest()
    {
        foreach (var (epoch, step) in new[] { (1, 9), (1, 100), (2, 5), (10, 1) }) await PutAsync(epoch, step, $"{epoch} {step}");
        await _checkpoints.PruneAsync(_job, keep: 2);
        Assert.Equal([(2L, 5L), (10L, 1L)], await StandingAsync((1, 9), (1, 100), (2, 5), (10, 1)));
    }

    [Fact]
    public async Task PruneAsync_AttemptThatLostItsLease_LeavesWhatTheNextOneNeeds()
    {
        var accepted = await PutAsync(epoch: 1, step: 10, "accepted");
        await PutAsync(epoch: 1, step: 5, "older");
        await PutAsync(epoch: 1, step: 20, "not accepted");
        await _checkpoints.PruneAsync(_job, keep: 1, accepted);
        Assert.Equal([(1L, 10L), (1L, 20L)], await StandingAsync((1, 5), (1, 10), (1, 20)));
    }

    private async Task<StoredCheckpoint> PutAsync(long epoch, long step, string content)
    {
        var file = Path.Combine(storage.Scratch, "checkpoint");
        await File.WriteAllTextAsync(file, content);
        return await _checkpoints.PutAsync(_job, epoch, step, file);
    }

    private async Task<List<(long Epoch, long Step)>> StandingAsync(params (long Epoch, long Step)[] candidates)
    {
        var standing = new List<(long, long)>();
        foreach (var (epoch, step) in candidates)
        {
            await using var blob = await _blobs.OpenAsync(BlobNames.Checkpoint(_job, epoch, step));
            if (blob is not null) standing.Add((epoch, step));
        }
        return standing;
    }
}
