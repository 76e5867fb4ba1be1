using Ptune.Fixtures;
using Ptune.Storage.Embedded;
using Ptune.Storage.Tests.Blobs;

namespace Ptune.Storage.Tests.Embedded;

public sealed class UnfinishedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("unfinished");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FileOfADeadWriter_IsRemoved()
    {
        Directory.CreateDirectory(_folder.PathOf(".unfinished"));
        await File.WriteAllTextAsync(_folder.PathOf(".unfinished", "left"), "half");
        var store = new FolderBlobStore(_folder.Location);
        Assert.Empty(Directory.GetFiles(_folder.PathOf(".unfinished")));
        Assert.Empty(await store.ListAsync("").ToListAsync());
    }

    [Fact]
    public async Task Open_WhileAnotherWrites_LeavesItsFile()
    {
        var store = new FolderBlobStore(_folder.Location);
        using var source = new PausedStream();
        var writing = Task.Run(() => store.CreateAsync("slow", source));
        await source.Reached;
        _ = new FolderBlobStore(_folder.Location);
        Assert.Single(Directory.GetFiles(_folder.PathOf(".unfinished")));
        source.GoOn();
        Assert.True(await writing);
        Assert.Equal(PausedStream.Content, await File.ReadAllBytesAsync(store.LocalPath("slow")!));
    }
}
