namespace Ptune.Engineering.Tests;

/// <summary>tests/Chaos/upgrade: which revision it takes, and that nothing of it stays behind.</summary>
public sealed class UpgradeCommandTests : IAsyncLifetime
{
    private readonly Sandbox _clone = new Sandbox().With("tests/Chaos/upgrade").WithLibrary()
        .Write(".gitignore", "/artifacts/\n/said\n")
        .Write("revision", "first")
        .Script("eng/setup", "exit 0")
        .Script("eng/build", "exit 0")
        .Script("artifacts/bin/Chaos.Tests/release/Ptune.Chaos.Tests", "echo \"$2\" >said; cat \"$2/revision\"; exit 3");

    public async ValueTask InitializeAsync()
    {
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await CommitAsync();
        _clone.Write("revision", "second");
        await CommitAsync();
    }

    public ValueTask DisposeAsync()
    {
        _clone.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Upgrade_NoRevision_TakesTheCommitBeforeAndLeavesNothingBehind()
    {
        var outcome = await _clone.RunAsync("tests/Chaos/upgrade", []);

        Assert.Equal((3, "first"), (outcome.Code, outcome.Output.Trim()));
        var checkout = (await File.ReadAllTextAsync(_clone.PathOf("said"), TestContext.Current.CancellationToken)).Trim();
        Assert.False(checkout.StartsWith(_clone.Root, StringComparison.Ordinal), checkout);
        Assert.False(Directory.Exists(Path.GetDirectoryName(checkout)), checkout);
        Assert.Single((await GitAsync("worktree", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Upgrade_NamedRevision_TakesIt() => Assert.Equal("second", (await _clone.RunAsync("tests/Chaos/upgrade", ["HEAD"])).Output.Trim());

    [Fact]
    public async Task Upgrade_UnknownRevision_SaysSo()
    {
        var outcome = await _clone.RunAsync("tests/Chaos/upgrade", ["nowhere"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("git does not know the revision 'nowhere'", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_ShallowClone_SaysHowToGetTheRest()
    {
        await GitAsync("clone", "--quiet", "--depth=1", $"file://{_clone.Root}", "shallow");

        var outcome = await _clone.RunAsync("shallow/tests/Chaos/upgrade", []);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("git fetch --unshallow", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_OutsideGit_SaysSo()
    {
        Directory.Delete(_clone.PathOf(".git"), recursive: true);

        var outcome = await _clone.RunAsync("tests/Chaos/upgrade", []);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("is no git checkout", outcome.Errors, StringComparison.Ordinal);
    }

    private async Task CommitAsync()
    {
        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message=change");
    }

    private async Task<Outcome> GitAsync(params string[] arguments)
    {
        var outcome = await _clone.RunAsync("git", arguments);
        Assert.True(outcome.Code == 0, outcome.Errors);
        return outcome;
    }
}
