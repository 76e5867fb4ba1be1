namespace Ptune.Fixtures.Tests;

public sealed class TemporaryFolderTests
{
    [Fact]
    public void Dispose_UnwritableFolderInside_RemovesEverything()
    {
        var folder = new TemporaryFolder();
        var closed = folder.Subfolder("closed");
        File.WriteAllText(Path.Combine(closed, "file"), "text");
        File.SetUnixFileMode(closed, UnixFileMode.UserRead);

        folder.Dispose();

        Assert.False(Directory.Exists(folder.Location));
    }

    [Fact]
    public void Dispose_LinkOutOfTheFolder_LeavesWhatItLeadsToAsItIs()
    {
        using var outside = new TemporaryFolder();
        var theirs = outside.Subfolder("theirs");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(theirs, mode);
        var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder.PathOf("link"), outside.Location);

        folder.Dispose();

        Assert.False(Directory.Exists(folder.Location));
        Assert.Equal(mode, File.GetUnixFileMode(theirs));
    }

    [Fact]
    public void Take_SeveralPorts_AreFreeAndDifferent()
    {
        var ports = FreePorts.Take(20);

        Assert.Equal(20, ports.Distinct().Count());
        Assert.All(ports, port => Assert.True(FreePorts.IsFree(port)));
    }
}
