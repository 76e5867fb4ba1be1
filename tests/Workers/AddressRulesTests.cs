using System.Net;
using Ptune.Executor;
using Ptune.Executor.Network;
using Ptune.Fixtures;
using Ptune.Learning;

namespace Ptune.Workers.Tests;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData(null, "169.254.169.254", true)]
    [InlineData("", "::ffff:169.254.169.254", true)]
    [InlineData(null, "fe80::1", true)]
    [InlineData(null, "fd00:ec2::254", true)]
    [InlineData(null, "100.100.100.200", true)]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData(null, "10.1.2.3", false)]
    [InlineData("10.0.0.0/8; 127.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8; 127.0.0.0/8", "::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.0/8", "169.254.169.254", false)]
    [InlineData("none", "169.254.169.254", false)]
    public void Refuse_Address_AsTheRulesSay(string? rules, string address, bool isRefused) =>
        Assert.Equal(isRefused, new AddressRules(rules).Refuse(IPAddress.Parse(address)));

    [Fact]
    public void New_TextThatIsNoNetwork_IsRefused() => Assert.Contains("'10.0.0.0/99' is not a network", Assert.Throws<DataException>(() => new AddressRules("10.0.0.0/99")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Resolve_NameThatStandsForARefusedAddress_NamesBoth()
    {
        var error = await Assert.ThrowsAsync<RefusedAddressException>(() => new AddressRules("127.0.0.0/8;::1/128").ResolveAsync("localhost", TestContext.Current.CancellationToken));
        Assert.StartsWith("localhost stands for ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fe80::1]/images")]
    public void Open_MetadataAddress_IsRefusedForGood(string address)
    {
        var error = Assert.Throws<DataException>(() => WebFiles.Open(new WebFile(new Uri(address), null, address)));
        Assert.Contains($"{address} is not fetched: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(AddressRules.Variable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RedirectToAMetadataAddress_IsNotFollowed()
    {
        using var folder = new TemporaryFolder();
        using var server = new FileServer(folder.Location) { Answer = "302 Found\r\nLocation: http://169.254.169.254/latest/meta-data" };
        var error = Assert.Throws<DataException>(() => WebFiles.Open(new WebFile(new Uri($"{server.Address}/images"), null, $"{server.Address}/images")));
        Assert.Contains("169.254.169.254 is an address that this worker fetches nothing from", error.Message, StringComparison.Ordinal);
    }
}
