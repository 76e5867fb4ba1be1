using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Storage.Embedded;
using Ptune.Supervisor.Attempts;

namespace Ptune.Workers.Tests;

public sealed class UploadFilesTests : IDisposable
{
    private static readonly byte[] s_content = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 10_000)));
    private static readonly string s_sha256 = Convert.ToHexStringLower(SHA256.HashData(s_content));
    private static readonly string s_blob = BlobNames.Content(Digest.Prefix + s_sha256);

    private readonly TemporaryFolder _folder = new("uploads");
    private readonly MemoryBlobs _blobs = new();

    private string File => Path.Combine(_folder.Location, "files", s_sha256);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LayOutAsync_Upload_LiesUnderItsDigest()
    {
        _blobs[s_blob] = s_content;
        await LayOutAsync();
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(File));
        // Another worker's data folder may hold it: it is not asked for again.
        _blobs[s_blob] = [];
        await LayOutAsync();
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task LayOutAsync_AfterABrokenTransfer_GoesOnWhereItEnded()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllBytesAsync(File + ".partial", s_content[..1000]);
        // Only the rest can still be right: the first bytes are not read again.
        _blobs[s_blob] = [.. new byte[1000], .. s_content[1000..]];
        await LayOutAsync();
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(File));
        Assert.False(System.IO.File.Exists(File + ".partial"));
    }

    [Fact]
    public async Task LayOutAsync_DamagedUpload_IsRefusedAndNothingIsLeftToGoOnFrom()
    {
        _blobs[s_blob] = [.. s_content[..^1], 0];
        var failure = await Assert.ThrowsAsync<AttemptException>(LayOutAsync);
        Assert.Equal(FailureCause.Invalid, failure.Cause);
        Assert.Contains(s_sha256, failure.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        _blobs[s_blob] = s_content;
        await LayOutAsync();
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task LayOutAsync_NotInTheStore_SaysWhatToDo()
    {
        var failure = await Assert.ThrowsAsync<AttemptException>(LayOutAsync);
        Assert.Contains("Send it again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LayOutAsync_StoreIsAFolderHere_LinksToItAndNoticesThatItIsGone()
    {
        var store = new FolderBlobStore(_folder.PathOf("blobs"));
        await store.CreateAsync(s_blob, new MemoryStream(s_content));
        var files = new UploadFiles(store, _folder.Location, TimeProvider.System);
        await files.LayOutAsync([s_sha256], CancellationToken.None);
        Assert.Equal(store.LocalPath(s_blob), new FileInfo(File).LinkTarget);
        await store.DeleteAsync(s_blob);
        await Assert.ThrowsAsync<AttemptException>(() => files.LayOutAsync([s_sha256], CancellationToken.None));
        await store.CreateAsync(s_blob, new MemoryStream(s_content));
        await files.LayOutAsync([s_sha256], CancellationToken.None);
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task LayOutAsync_SeveralWorkersAtOnce_FetchItOnce()
    {
        _blobs[s_blob] = s_content;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(LayOutAsync)));
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task Attempt_JobReadsUploads_TheyLieThereBeforeItBegins()
    {
        _blobs[s_blob] = s_content;
        await using var worker = await TestWorker.StartAsync(blobs: _blobs);
        var job = worker.Put("complete", lease => lease with { Spec = Importing("complete") });
        await job.EndAsync<AttemptCompletion>();
        Assert.Equal(s_content, await System.IO.File.ReadAllBytesAsync(Path.Combine(worker.DataFolder, "files", s_sha256)));
    }

    [Fact]
    public async Task Attempt_UploadIsNotThere_FailsForGood()
    {
        await using var worker = await TestWorker.StartAsync(blobs: _blobs);
        var failure = await worker.Put("complete", lease => lease with { Spec = Importing("complete") }).EndAsync<AttemptFailure>();
        Assert.Equal(FailureCause.Invalid, failure.Cause);
        Assert.Contains(s_sha256, failure.Message, StringComparison.Ordinal);
    }

    private static ImportSpec Importing(string script) => new() { Name = script, From = new UploadedSource { Files = [new ImportFile { Path = "config.json", Sha256 = s_sha256 }] } };

    private Task LayOutAsync() => new UploadFiles(_blobs, _folder.Location, TimeProvider.System).LayOutAsync([s_sha256], CancellationToken.None);
}
