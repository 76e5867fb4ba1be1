using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>Keys that the client keeps.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private readonly Client _client = new();
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _client.Variables["XDG_CONFIG_HOME"] = Path.Combine(_client.Folder, "config");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Login_KeepsTheKeyForThatServerAlone()
    {
        var outcome = (await _client.ShellAsync($"printf 'kept\\n' | ptune login {_server.Url}")).Expect(ExitCode.Done);
        Assert.Contains("submitter", outcome.Output, StringComparison.Ordinal);
        var file = Path.Combine(_client.Folder, "config", "ptune", "credentials.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        (await _client.RunAsync("list", "--server", _server.Url)).Expect(ExitCode.Done);
        Assert.Equal("Bearer kept", _server.Tokens.Last());
        _client.Variables["PTUNE_TOKEN"] = "of-the-variable";
        (await _client.RunAsync("list", "--server", _server.Url)).Expect(ExitCode.Done);
        Assert.Equal("Bearer of-the-variable", _server.Tokens.Last());
        (await _client.RunAsync("list", "--server", _server.Url, "--token", "given")).Expect(ExitCode.Done);
        Assert.Equal("Bearer given", _server.Tokens.Last());
        _client.Variables.Remove("PTUNE_TOKEN");

        await using var other = await FakeServer.StartAsync();
        (await _client.RunAsync("list", "--server", other.Url)).Expect(ExitCode.Done);
        Assert.Empty(other.Tokens);

        (await _client.RunAsync("logout", _server.Url)).Expect(ExitCode.Done);
        var before = _server.Tokens.Count;
        (await _client.RunAsync("list", "--server", _server.Url)).Expect(ExitCode.Done);
        Assert.Equal(before, _server.Tokens.Count);
    }

    [Fact]
    public async Task Login_WithAWrongKey_KeepsNothing()
    {
        var outcome = (await _client.RunAsync("login", _server.Url, "--token", "wrong")).Expect(ExitCode.AccessRefused);
        Assert.Contains("The key is unknown.", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_client.Folder, "config")));
    }
}
