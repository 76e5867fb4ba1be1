using Ptune.Fixtures;
using Ptune.Fixtures.Issuer;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>A person logs in at an issuer by the client, and works with a server that takes its tokens.</summary>
public sealed class IssuerAccessTests : IDisposable
{
    private const int Refused = 6;
    private const string Shown = "enter the code ";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Login_WithACode_ThenWorkThenLogout()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Person = new Person("ann", "ml-red");
        Dictionary<string, string> settings = new()
        {
            ["PTUNE_Access__Issuers__corp__Authority"] = issuer.Url,
            ["PTUNE_Access__Issuers__corp__Audience"] = "ptune",
            ["PTUNE_Access__Issuers__corp__Grants"] = "ml-red=red/submitter",
            ["PTUNE_Access__Issuers__corp__CliClientId"] = TestIssuer.CommandLine,
        };
        await using var server = Program.Start("Cli", "ptune.dll", ["server", "--auth", "required", "--store", _folder.PathOf("store"), "--port", "0", "--executors", "1"], settings, _folder.Location);
        var url = Addresses.In(await server.SaysAsync(line => line.StartsWith("API ", StringComparison.Ordinal)));

        await using (var login = Client("login", url, "--device"))
        {
            var line = await login.SaysAsync(said => said.Contains(Shown, StringComparison.Ordinal));
            await issuer.EnterAsync(line[(line.IndexOf(Shown, StringComparison.Ordinal) + Shown.Length)..].Trim());
            Assert.True(await login.ExitAsync() == 0, login.Output);
        }
        var who = await EndAsync(0, "whoami", "--server", url);
        foreach (var word in new[] { "ann", "corp", "submitter", "red" }) Assert.Contains(word, who, StringComparison.Ordinal);
        await EndAsync(0, "list", "--server", url);
        await EndAsync(0, "logout", url);
        Assert.True(await issuer.HasEndedAsync("ann"));
        Assert.Contains("A key is needed", await EndAsync(Refused, "list", "--server", url), StringComparison.Ordinal);

        // Somebody whom the issuer knows and no grant names: nothing is kept.
        issuer.Person = new Person("eve", "visitors");
        await using (var login = Client("login", url, "--device"))
        {
            var line = await login.SaysAsync(said => said.Contains(Shown, StringComparison.Ordinal));
            await issuer.EnterAsync(line[(line.IndexOf(Shown, StringComparison.Ordinal) + Shown.Length)..].Trim());
            Assert.True(await login.ExitAsync() == Refused, login.Output);
            Assert.Contains("no role here", login.Output, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("token", await File.ReadAllTextAsync(_folder.PathOf("config/ptune/credentials.json")), StringComparison.OrdinalIgnoreCase);
    }

    private Program Client(params string[] arguments) => Program.Start("Cli", "ptune.dll", arguments, new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _folder.PathOf("config") }, _folder.Location);

    private async Task<string> EndAsync(int code, params string[] arguments)
    {
        await using var client = Client(arguments);
        Assert.True(await client.ExitAsync() == code, $"ptune {string.Join(' ', arguments)} ended with {client.ExitCode}:\n{client.Output}");
        return client.Output;
    }
}
