using Ptune.Contracts.Artifacts;
using Ptune.Storage.Artifacts;

namespace Ptune.Storage.Tests.Artifacts;

public sealed class EmbeddedArtifactStoreTests() : ArtifactStoreContract(TestStorage.Embedded())
{
    [Fact]
    public async Task MaterializeAsync_FolderStore_CopiesNothing()
    {
        var stored = await PutAsync(("model.safetensors", "weights"));
        var folder = await Artifacts.MaterializeAsync(stored.Digest, Cache);
        var link = new FileInfo(Path.Combine(folder, "model.safetensors"));
        Assert.Equal(Blobs.LocalPath(BlobNames.Content(stored.Manifest.Files[0].Digest)), link.LinkTarget);
    }

    [Fact]
    public async Task MaterializeAsync_ChangedAfterItWasVerified_IsNoticedInTheSameProcess()
    {
        var stored = await PutAsync(("model.safetensors", "weights"));
        await Artifacts.MaterializeAsync(stored.Digest, Cache);
        var blob = Blobs.LocalPath(BlobNames.Content(stored.Manifest.Files[0].Digest))!;
        File.SetUnixFileMode(blob, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(blob, "!");
        await Assert.ThrowsAsync<DigestMismatchException>(() => Artifacts.MaterializeAsync(stored.Digest, Cache));
    }
}
