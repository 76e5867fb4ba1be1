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
    public void Take_SeveralPorts_AreFreeAndDifferent()
    {
        var ports = FreePorts.Take(20);

        Assert.Equal(20, ports.Distinct().Count());
        Assert.All(ports, port => Assert.True(FreePorts.IsFree(port)));
    }
}
