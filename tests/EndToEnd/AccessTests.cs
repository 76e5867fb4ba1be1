using System.Text.RegularExpressions;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>From the first key to a team's work and its trail, by the client alone, as docs/security.md shows it.</summary>
public sealed partial class AccessTests : IDisposable
{
    private const int Refused = 6;

    private readonly TemporaryFolder _folder = new();
    private string _token = "";
    private string _url = "";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FirstKey_ThenTenantsKeysAndTheirTrail()
    {
        var store = _folder.PathOf("store");
        var admin = Key(await DoneAsync("keys", "create", "--role", "admin", "--store", store));
        await using var server = Program.Start("Cli", "ptune.dll", ["server", "--auth", "required", "--store", store, "--port", "0", "--executors", "1"], new Dictionary<string, string>(), _folder.Location);
        _url = Addresses.In(await server.SaysAsync(line => line.StartsWith("API ", StringComparison.Ordinal)));
        Assert.Contains("A key is needed", await EndAsync(Refused, "list"), StringComparison.Ordinal);

        _token = admin;
        Assert.Contains("admin", await DoneAsync("whoami"), StringComparison.Ordinal);
        Assert.Contains("weight      2", await DoneAsync("tenants", "create", "red", "--weight", "2"), StringComparison.Ordinal);
        Assert.Contains("pools       default", await DoneAsync("tenants", "set", "red", "--pool", "default"), StringComparison.Ordinal);
        Assert.Contains("weight      2", await DoneAsync("tenants", "get", "red"), StringComparison.Ordinal);
        Assert.Contains("red", await DoneAsync("tenants", "list"), StringComparison.Ordinal);
        Assert.Contains("There is no tenant 'blue'", await EndAsync(3, "keys", "create", "--tenant", "blue", "--role", "viewer"), StringComparison.Ordinal);
        var ann = Key(await DoneAsync("keys", "create", "--tenant", "red", "--role", "submitter", "--name", "ann", "--expires", "90d"));

        _token = ann;
        await File.WriteAllTextAsync(_folder.PathOf("job.yaml"), "apiVersion: ptune/v1\nkind: NoOp\nname: hers\n");
        var hers = await DoneAsync("run", "job.yaml");
        Assert.Contains("red.", hers, StringComparison.Ordinal);
        Assert.Contains("This needs the role admin", await EndAsync(Refused, "tenants", "create", "mine"), StringComparison.Ordinal);

        _token = admin;
        Assert.DoesNotContain("hers", await DoneAsync("list"), StringComparison.Ordinal);
        Assert.Contains("ann", await DoneAsync("keys", "list"), StringComparison.Ordinal);
        await DoneAsync("keys", "revoke", ann[..8], "-y");
        var trail = await DoneAsync("audit", "list");
        foreach (var what in new[] { "tenant.create", "tenant.set", "key.create", "job.submit", "request.refuse", "login.refuse", "key.revoke" }) Assert.Contains(what, trail, StringComparison.Ordinal);
        Assert.Contains("whole", await DoneAsync("audit", "verify"), StringComparison.Ordinal);
        Assert.Contains("WORKER", await DoneAsync("top", "--once"), StringComparison.Ordinal);

        await ShareAsync(admin, Digest().Match(hers).Value);

        _token = ann;
        Assert.Contains("was revoked", await EndAsync(Refused, "list"), StringComparison.Ordinal);
        server.Signal(15);
        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>Another tenant sees an artifact for as long as it is shared with it.</summary>
    private async Task ShareAsync(string admin, string artifact)
    {
        _token = admin;
        await DoneAsync("tenants", "create", "blue");
        var oli = Key(await DoneAsync("keys", "create", "--tenant", "red", "--role", "operator", "--name", "oli"));
        var bob = Key(await DoneAsync("keys", "create", "--tenant", "blue", "--role", "viewer", "--name", "bob"));
        _token = bob;
        await EndAsync(3, "artifacts", artifact);
        Assert.Contains("operator", await EndAsync(Refused, "share", artifact, "--with", "blue"), StringComparison.Ordinal);
        _token = oli;
        Assert.Contains($"{artifact} is shared with blue", await DoneAsync("share", artifact, "--with", "blue"), StringComparison.Ordinal);
        _token = bob;
        Assert.Matches("owner +red", await DoneAsync("artifacts", artifact));
        _token = oli;
        Assert.Contains("is shared with nobody", await DoneAsync("unshare", artifact, "--with", "blue"), StringComparison.Ordinal);
        _token = bob;
        await EndAsync(3, "artifacts", artifact);
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();

    /// <summary>What stands alone on a line of the output, between what is said to people.</summary>
    private static string Key(string output) => Assert.Single(output.Split('\n'), line => line.Length > 40 && line[8] == '.' && !line.Contains(' ', StringComparison.Ordinal));

    private Task<string> DoneAsync(params string[] arguments) => EndAsync(0, arguments);

    private async Task<string> EndAsync(int code, params string[] arguments)
    {
        Dictionary<string, string> variables = [];
        if (_token.Length > 0) variables["PTUNE_TOKEN"] = _token;
        if (_url.Length > 0) variables["PTUNE_SERVER"] = _url;
        await using var client = Program.Start("Cli", "ptune.dll", arguments, variables, _folder.Location);
        Assert.True(await client.ExitAsync() == code, $"ptune {string.Join(' ', arguments)} ended with {client.ExitCode}:\n{client.Output}");
        return client.Output;
    }
}
