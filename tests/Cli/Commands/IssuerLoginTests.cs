using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;
using Ptune.Contracts.Http;
using Ptune.Fixtures.Issuer;

namespace Ptune.Cli.Tests.Commands;

/// <summary>Login at the issuer that a server names.</summary>
public sealed partial class IssuerLoginTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Client _client = new();
    private TestIssuer _issuer = null!;
    private FakeServer _server = null!;

    private string File => Path.Combine(_client.Folder, "config", "ptune", "credentials.json");

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _server = await FakeServer.StartAsync();
        _server.Issuers = [new LoginIssuer("corp", "Corp", _issuer.Url, TestIssuer.CommandLine, ["openid", "offline_access"])];
        _issuer.Person = new Person("ann", "ml-red");
        _client.Variables["XDG_CONFIG_HOME"] = Path.Combine(_client.Folder, "config");
        _client.Variables["BROWSER"] = "true";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Login_WithACode_KeepsTheTokenAndRenewsIt()
    {
        var login = await DeviceAsync();
        Assert.Contains("submitter", login.Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        var first = await SentAsync();
        Assert.Equal("ann", new JsonWebToken(first).Subject);
        Assert.Equal(first, await SentAsync());

        Expire();
        var second = await SentAsync();
        Assert.NotEqual(first, second);
        Assert.Equal("ann", new JsonWebToken(second).Subject);
        // The issuer takes a refresh token once, so the new one was kept, too.
        Expire();
        Assert.NotEqual(second, await SentAsync());
    }

    [Fact]
    public async Task Login_OnATerminal_OffersTheCodeByItself()
    {
        using var process = _client.StartOnTerminal(["login", _server.Url]);
        var code = await ReadAsync(process.StandardOutput, Code());
        await _issuer.EnterAsync(code);
        Assert.Contains("submitter", (await Client.EndAsync(process)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_ThatWasDeclined_IsRefusedAndKeepsNothing()
    {
        _issuer.Person = null;
        var login = (await DeviceAsync()).Expect(ExitCode.AccessRefused);
        Assert.Contains("The login was declined.", login.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Login_InTheBrowser_KeepsTheToken()
    {
        var login = await BrowserAsync(async address =>
        {
            using var browser = new HttpClient();
            // Another page of this machine sends the browser to the port: it ends nothing.
            var back = new Uri(System.Web.HttpUtility.ParseQueryString(address.Query)["redirect_uri"]!);
            using (var forged = await browser.GetAsync(new Uri(back, "?code=stolen&state=wrong"))) Assert.Equal(System.Net.HttpStatusCode.NotFound, forged.StatusCode);
            Assert.Contains("go back to the terminal", await browser.GetStringAsync(address), StringComparison.Ordinal);
        });
        Assert.Contains("submitter", login.Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Equal("ann", new JsonWebToken(await SentAsync()).Subject);
    }

    [Fact]
    public async Task Login_InTheBrowser_DeclinedIsRefused()
    {
        _issuer.Person = null;
        var login = await BrowserAsync(async address =>
        {
            using var browser = new HttpClient();
            await browser.GetStringAsync(address);
        });
        Assert.Contains("The login was declined.", login.Expect(ExitCode.AccessRefused).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_EndsTheLoginAtTheIssuer()
    {
        (await DeviceAsync()).Expect(ExitCode.Done);
        Assert.False(await _issuer.HasEndedAsync("ann"));
        (await _client.RunAsync("logout", _server.Url)).Expect(ExitCode.Done);
        Assert.True(await _issuer.HasEndedAsync("ann"));
    }

    [Fact]
    public async Task Login_ThatTheIssuerHasEnded_SaysSo()
    {
        (await DeviceAsync()).Expect(ExitCode.Done);
        var before = System.IO.File.ReadAllText(File);
        (await _client.RunAsync("logout", _server.Url)).Expect(ExitCode.Done);
        System.IO.File.WriteAllText(File, before);
        Expire();
        var refused = (await _client.RunAsync("list", "--server", _server.Url)).Expect(ExitCode.AccessRefused);
        Assert.Contains("has ended", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"ptune login {_server.Url}", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issuer_ThatDoesNotAnswer_IsUnreachable()
    {
        (await DeviceAsync()).Expect(ExitCode.Done);
        Expire();
        await _issuer.DisposeAsync();
        Assert.Contains("cannot be used", (await _client.RunAsync("list", "--server", _server.Url)).Expect(ExitCode.Unreachable).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be used", (await _client.RunAsync("login", _server.Url, "--device")).Expect(ExitCode.Unreachable).Error, StringComparison.Ordinal);
        var left = (await _client.RunAsync("logout", _server.Url)).Expect(ExitCode.Done);
        Assert.Contains("ends there by itself", left.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Token", System.IO.File.ReadAllText(File), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Issuer_ThatIsNotThere_IsWrongUsage()
    {
        _server.Issuers = [.. _server.Issuers, _server.Issuers[0] with { Name = "other" }];
        Assert.Contains("several issuers: corp, other", (await _client.RunAsync("login", _server.Url, "--device")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("no issuer 'none'", (await _client.RunAsync("login", _server.Url, "--issuer", "none")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be used together", (await _client.RunAsync("login", _server.Url, "--device", "--token", "key")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        _server.Issuers = [];
        Assert.Contains("has no issuer", (await _client.RunAsync("login", _server.Url, "--browser")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    /// <summary>Logs in with a code, which the person enters as soon as it is shown.</summary>
    private async Task<Outcome> DeviceAsync()
    {
        using var process = _client.Start("login", _server.Url, "--device");
        process.StandardInput.Close();
        await _issuer.EnterAsync(await ReadAsync(process.StandardError, Code()));
        return await Client.EndAsync(process);
    }

    private async Task<Outcome> BrowserAsync(Func<Uri, Task> browse)
    {
        using var process = _client.Start("login", _server.Url, "--browser");
        process.StandardInput.Close();
        await browse(new Uri(await ReadAsync(process.StandardError, Address())));
        return await Client.EndAsync(process);
    }

    private static async Task<string> ReadAsync(StreamReader reader, Regex pattern)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await reader.ReadLineAsync(limit.Token) is { } line)
            if (pattern.Match(line) is { Success: true } match) return match.Groups[1].Value;
        throw new InvalidOperationException($"The client has ended without saying {pattern}.");
    }

    /// <summary>The token that the client sends now.</summary>
    private async Task<string> SentAsync()
    {
        (await _client.RunAsync("list", "--server", _server.Url)).Expect(ExitCode.Done);
        return _server.Tokens.Last()["Bearer ".Length..];
    }

    /// <summary>What is kept has expired.</summary>
    private void Expire()
    {
        var kept = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        kept["servers"]![_server.Url]!["expires"] = "2020-01-01T00:00:00Z";
        System.IO.File.WriteAllText(File, kept.ToJsonString());
    }

    [GeneratedRegex("enter the code ([0-9-]+)")]
    private static partial Regex Code();

    [GeneratedRegex("(http://127\\.0\\.0\\.1:[0-9]+/authorize\\S+)")]
    private static partial Regex Address();
}
