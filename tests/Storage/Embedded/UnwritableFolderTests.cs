using Ptune.Fixtures;
using Ptune.Storage.Embedded;
using Ptune.Storage.Tests.Children;

namespace Ptune.Storage.Tests.Embedded;

public sealed class UnwritableFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("unwritable");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_ReadOnlyFileSystem_NamesTheFolder()
    {
        Assert.SkipUnless(PrivateMount.IsPossible, "A private mount needs root or user namespaces.");
        const string ReadOnly = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" || exit 99";
        await using var child = ChildProcess.Start(ChildRoles.Open, _folder.Location, PrivateMount.Prefix + ReadOnly);
        var line = Assert.Single(await child.ReadToEndAsync());
        Assert.StartsWith($"IOException: The store in '{_folder.Location}' cannot be written: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileInTheFoldersPlace_NamesTheFolder()
    {
        var file = _folder.PathOf("store");
        File.WriteAllText(file, "");
        Assert.StartsWith($"The store in '{file}' cannot be written: ", Assert.Throws<IOException>(() => new EmbeddedStore(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_FolderGoneBad_NamesTheFolderAndLeavesNothing()
    {
        var store = new FolderBlobStore(_folder.Location);
        await store.CreateAsync("a/b", new MemoryStream([1]));
        // A file stands where the blob's folder has to be.
        var failure = await Assert.ThrowsAsync<IOException>(() => store.CreateAsync("a/b/c", new MemoryStream([2])));
        Assert.StartsWith($"The store in '{_folder.Location}' cannot be written: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.PathOf(".unfinished")));
    }
}
