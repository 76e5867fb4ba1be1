using System.Net;
using Ptune.Contracts.Jobs;
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

        await using var stream = WebFiles.Open(FileAt($"{server.Address}/images"));
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);

        Assert.Equal([1, 2, 3], bytes.ToArray());
    }

    [Fact]
    public void Open_OfAnAddressThatRefuses_NamesAddressAndStatusAndIsNotWorthAnotherTry()
    {
        using var server = new FileServer(_folder.Location);

        var error = Assert.Throws<DataException>(() => WebFiles.Open(FileAt($"{server.Address}/absent")));

        Assert.Contains($"{server.Address}/absent", error.Message, StringComparison.Ordinal);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithCredentials_SendsThemAndNoMessageNamesThem()
    {
        using var server = new FileServer(_folder.Location) { Answer = "401 Unauthorized" };

        var error = Assert.Throws<DataException>(() => WebFiles.Open(new WebFile(new Uri($"{server.Address}/images?sig=abc"), "ann:secret", $"{server.Address}/images?...")));

        Assert.Contains("GET /images?sig=abc ", server.Head, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("ann:secret"u8)}", server.Head, StringComparison.Ordinal);
        Assert.StartsWith($"{server.Address}/images?... answered 401 Unauthorized. Check the credentials", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public void Open_OfAServerThatFails_MaySucceedLater(string answer)
    {
        using var server = new FileServer(_folder.Location) { Answer = answer };

        Assert.Contains(answer, Assert.Throws<IOException>(() => WebFiles.Open(FileAt($"{server.Address}/images"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAServerThatIsAway_SaysSoInOneLineAndIsInfrastructure()
    {
        string address;
        using (var server = new FileServer(_folder.Location)) address = server.Address;

        var error = Assert.Throws<IOException>(() => WebFiles.Open(FileAt($"{address}/images")));
        var outcome = Outcomes.Of(error, checkpoint: null);

        Assert.StartsWith($"{address}/images cannot be fetched: ", error.Message, StringComparison.Ordinal);
        Assert.Equal((FailureCause.Infrastructure, error.Message), (outcome.Cause, outcome.Message));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/x", null)]
    [InlineData("http://localhost/x", null)]
    [InlineData("http://[::1]/x", null)]
    [InlineData("http://data.example/x", "http://proxy.example:3128/")]
    public void Proxy_OfTheEnvironment_IsNotAskedForThisMachine(string address, string? proxy)
    {
        var direct = new DirectToLoopback(new WebProxy("http://proxy.example:3128"));

        Assert.Equal(proxy, direct.For(new Uri(address))?.AbsoluteUri);
        Assert.Equal(proxy is null, direct.IsBypassed(new Uri(address)));
    }

    private static WebFile FileAt(string address) => new(new Uri(address), null, address);
}
