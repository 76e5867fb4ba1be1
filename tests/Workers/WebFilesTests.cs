using Ptune.Executor;
using Ptune.Fixtures;
using Ptune.Learning;

namespace Ptune.Workers.Tests;

public sealed class WebFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OfAFileThatIsServed_GivesItsBytes()
    {
        await File.WriteAllBytesAsync(_folder.PathOf("images"), [1, 2, 3]);
        using var server = new FileServer(_folder.Location);

        await using var stream = WebFiles.Open(new Uri($"{server.Address}/images"));
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);

        Assert.Equal([1, 2, 3], bytes.ToArray());
    }

    [Fact]
    public void Open_OfAnAddressThatRefuses_NamesAddressAndStatusAndIsNotWorthAnotherTry()
    {
        using var server = new FileServer(_folder.Location);

        var error = Assert.Throws<DataException>(() => WebFiles.Open(new Uri($"{server.Address}/absent")));

        Assert.Contains($"{server.Address}/absent", error.Message, StringComparison.Ordinal);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }
}
