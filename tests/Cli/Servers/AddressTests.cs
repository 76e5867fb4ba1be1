using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Servers;

/// <summary>What stands between the client and its server: addresses, proxies, headers, and programs that are something else.</summary>
public sealed class AddressTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:1/v1", "Write http://127.0.0.1:1.")]
    [InlineData("http://127.0.0.1:1/v1/", "Write http://127.0.0.1:1.")]
    [InlineData("http://127.0.0.1:1/below/v1", "Write http://127.0.0.1:1/below.")]
    [InlineData("http://127.0.0.1:1?x=1", "Write http://127.0.0.1:1/.")]
    [InlineData("http://127.0.0.1:1/#x", "Write http://127.0.0.1:1/.")]
    [InlineData("http://user:secret@127.0.0.1:1", "Write http://127.0.0.1:1, and give the token")]
    [InlineData("ftp://127.0.0.1:1", "Write http://HOST:PORT.")]
    [InlineData("127.0.0.1:8080", "Write http://HOST:PORT.")]
    public async Task Server_NotAnAddress_IsRefusedWithTheRightOne(string address, string fix)
    {
        var outcome = (await _client.RunAsync("list", "--server", address)).Expect(ExitCode.Usage);
        Assert.Contains(fix, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_Loopback_IsAskedWithoutAProxy()
    {
        await using var server = await FakeServer.StartAsync();
        // Nothing listens there.
        foreach (var name in new[] { "http_proxy", "HTTP_PROXY", "all_proxy" }) _client.Variables[name] = "http://127.0.0.1:1";
        _client.Variables["PTUNE_SILO"] = Client.FakeSilo;
        (await _client.RunAsync("list", "--server", server.Url)).Expect(ExitCode.Done);
        (await _client.RunAsync("run", SampleSpecs.Job(_client))).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Server_BehindAProxyThatFails_NamesTheProxyWithoutItsPassword()
    {
        _client.Variables["http_proxy"] = "http://user:secret@127.0.0.1:1";
        var outcome = (await _client.RunAsync("list", "--server", "http://ptune.invalid:8080")).Expect(ExitCode.Unreachable);
        Assert.Contains("through the proxy http://127.0.0.1:1: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("no_proxy", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ProxyThatAnswersForItself_IsNotTakenForTheServer()
    {
        await using var proxy = await ForeignServer.StartAsync(503, "text/html", "<html>no such host</html>");
        _client.Variables["http_proxy"] = proxy.Url;
        var outcome = (await _client.RunAsync("get", "0123", "--server", "http://ptune.invalid:8080")).Expect(ExitCode.Unreachable);
        Assert.Contains($"through the proxy {proxy.Url} does not answer as a ptune server does: 503", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "text/html", "<html>not here</html>")]
    [InlineData(404, "application/json", "{\"detail\":\"Not Found\"}")]
    [InlineData(404, "application/problem+json", "{\"title\":\"Not Found\",\"status\":404}")]
    [InlineData(405, "text/plain", "method not allowed")]
    [InlineData(200, "text/html", "<html>welcome</html>")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", "[{}]")]
    public async Task Get_AnotherProgramAnswers_IsNotTakenForAServer(int status, string type, string body)
    {
        await using var other = await ForeignServer.StartAsync(status, type, body);
        var outcome = (await _client.RunAsync("get", "0123", "--server", other.Url)).Expect(ExitCode.Unreachable);
        Assert.Contains($"{other.Url} does not answer as a ptune server does", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PTUNE_TOKEN")]
    [InlineData("PTUNE_TENANT")]
    public async Task Header_WithALineBreakAtItsEnd_IsSentWithoutIt(string variable)
    {
        await using var server = await FakeServer.StartAsync();
        _client.Variables[variable] = "a-secret\r\n";
        (await _client.RunAsync("list", "--server", server.Url)).Expect(ExitCode.Done);
        if (variable == "PTUNE_TOKEN") Assert.Contains("Bearer a-secret", server.Tokens);
    }

    [Theory]
    [InlineData("PTUNE_TOKEN", "sec\nret", "PTUNE_TOKEN cannot be sent: its character 4 is U+000A")]
    [InlineData("PTUNE_TOKEN", "secrét", "PTUNE_TOKEN cannot be sent: its character 5 is U+00E9")]
    [InlineData("PTUNE_TOKEN", "secret ", "PTUNE_TOKEN cannot be sent: its character 7 is U+0020")]
    [InlineData("PTUNE_TENANT", "sec\tret", "PTUNE_TENANT cannot be sent: its character 4 is U+0009")]
    public async Task Header_WithAnotherCharacter_NamesItsVariableAndNotItsValue(string variable, string value, string problem)
    {
        await using var server = await FakeServer.StartAsync();
        _client.Variables[variable] = value;
        var outcome = (await _client.RunAsync("list", "--server", server.Url)).Expect(ExitCode.Usage);
        Assert.Contains(problem, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("--token", "list")]
    [InlineData("--key", "submit")]
    public async Task Option_WithALineBreakInside_IsRefused(string option, string command)
    {
        await using var server = await FakeServer.StartAsync();
        string[] spec = command == "submit" ? [SampleSpecs.Job(_client)] : [];
        var outcome = (await _client.RunAsync([command, .. spec, option, "two\nlines", "--server", server.Url])).Expect(ExitCode.Usage);
        Assert.Contains($"{option} cannot be sent", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }
}
