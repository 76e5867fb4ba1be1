namespace Ptune.Engineering.Tests;

public sealed class BuildTests : IAsyncLifetime
{
    private readonly Sandbox _clone = new Sandbox().With("eng/build").WithLibrary()
        .Write("Orchestrator.sln", "").Write("eng/ptune.slnf", "").Write("src/A.cs", "class A;").Write("src/B.cs", "class B;")
        .Write("tests/T.cs", "class T;").Write(".gitignore", "/artifacts/\n/bin/\n/calls\n/broken\n")
        .Script("bin/dotnet", "echo \"$*\" >>calls; if [[ -e broken ]]; then echo \"$PWD/src/A.cs(1,1): error CS1002: ; expected [$PWD/A.csproj]\"; exit 1; fi");

    public async ValueTask InitializeAsync()
    {
        _clone.Environment["NUGET_PACKAGES"] = _clone.Root;
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await GitAsync("add", ".");
        await CommitAsync();
    }

    public ValueTask DisposeAsync()
    {
        _clone.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Build_NothingChanged_BuildsOnce()
    {
        await BuildAsync();
        await BuildAsync();

        Assert.Equal(1, Calls);
    }

    [Theory]
    [InlineData("echo >>src/A.cs")]
    [InlineData("touch src/A.cs")]
    [InlineData("echo >src/New.cs")]
    [InlineData("rm src/B.cs")]
    [InlineData("mv src/B.cs src/C.cs")]
    [InlineData("rm -r artifacts/bin")]
    public async Task Build_SourcesChanged_BuildsAgain(string change)
    {
        await BuildAsync();
        await _clone.RunAsync("bash", ["-c", change]);
        await BuildAsync();

        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task Build_OtherBranchCheckedOut_BuildsAgain()
    {
        await GitAsync("checkout", "--quiet", "-b", "other");
        _clone.Write("src/A.cs", "class Other;");
        await CommitAsync();
        await GitAsync("checkout", "--quiet", "main");
        await BuildAsync();
        await GitAsync("checkout", "--quiet", "other");
        await BuildAsync();

        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task Build_TestsChanged_LeavesTheLaunchersBuildCurrent()
    {
        await BuildAsync();
        _clone.Write("tests/T.cs", "class Other;");
        await BuildAsync("eng/ptune.slnf");

        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task Build_OtherProperties_BuildsAgainAndBackAgain()
    {
        await BuildAsync();
        await BuildAsync("-p:Accelerator=cuda");
        await BuildAsync();

        Assert.Equal(3, Calls);
    }

    [Fact]
    public async Task Build_TwoAtOnce_BuildsOnce()
    {
        await Task.WhenAll(BuildAsync(), BuildAsync());

        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task Build_CompilerRefuses_SaysWhyAndTriesAgainNextTime()
    {
        _clone.Write("broken", "");

        var outcome = await _clone.RunAsync("eng/build", []);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("\nsrc/A.cs(1,1): error CS1002: ; expected\n", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("artifacts/log/build.log", outcome.Errors, StringComparison.Ordinal);

        File.Delete(_clone.PathOf("broken"));
        await BuildAsync();
        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task Build_UnknownTarget_IsWrongUsage() => Assert.Equal(2, (await _clone.RunAsync("eng/build", ["nowhere.csproj"])).Code);

    private int Calls => File.ReadAllLines(_clone.PathOf("calls")).Length;

    private async Task BuildAsync(params string[] arguments) => Assert.Equal(0, (await _clone.RunAsync("eng/build", arguments)).Code);

    private Task CommitAsync() => GitAsync("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "--all", "--message=m");

    private async Task GitAsync(params string[] arguments) => Assert.Equal("", (await _clone.RunAsync("git", arguments)).Errors);
}
