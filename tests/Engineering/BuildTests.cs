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

    [Theory]
    [InlineData("VERSION")]
    [InlineData("Platform")]
    [InlineData("OutDir")]
    [InlineData("GIT_DIR")]
    public async Task Build_VariableOfABuildServer_ReachesNobodyAndChangesNothing(string name)
    {
        _clone.Script("bin/dotnet", "echo \"$*\" >>calls; env >seen");
        await BuildAsync();
        _clone.Environment[name] = "/nonexistent";
        await BuildAsync();
        Assert.Equal(1, Calls);

        _clone.Write("src/A.cs", "class Other;");
        await BuildAsync();
        Assert.DoesNotContain(File.ReadAllLines(_clone.PathOf("seen")), l => l.StartsWith(name + "=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unset HOME")]
    [InlineData("export HOME=/nonexistent")]
    [InlineData("export TMPDIR=/nonexistent")]
    public async Task Build_NoHomeOrFolderForTemporaryFiles_BuildsAndFindsItAgain(string change)
    {
        _clone.Environment.Remove("NUGET_PACKAGES");
        _clone.Script("bin/dotnet", "echo \"$*\" >>calls; mkdir -p \"$HOME/.nuget/packages\"; [[ -w ${TMPDIR:-/tmp} ]]");
        for (var i = 0; i < 2; i++) Assert.Equal(0, (await _clone.RunAsync("bash", ["-c", $"{change}; exec eng/build"])).Code);

        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task Build_OtherHomeAfterwards_IsCurrentWhileItsPackagesAreThere()
    {
        _clone.Environment["NUGET_PACKAGES"] = _clone.PathOf("packages");
        Directory.CreateDirectory(_clone.PathOf("packages"));
        await BuildAsync();
        _clone.Environment.Remove("NUGET_PACKAGES");
        _clone.Environment["HOME"] = "/nonexistent";
        await BuildAsync();
        Assert.Equal(1, Calls);

        Directory.Delete(_clone.PathOf("packages"));
        await BuildAsync();
        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task Build_CloneOfAnotherUser_SaysWhyItMustBuildAndWhoCan()
    {
        await BuildAsync();
        _clone.Write("src/A.cs", "class Other;");
        File.SetUnixFileMode(_clone.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var outcome = await _clone.RunAsync("bash", ["-c", "if ((EUID == 0)); then exec setpriv --reuid 65534 --regid 65534 --clear-groups eng/build; else chmod -R a-w artifacts; exec eng/build; fi"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("its sources have changed", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot write in", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_UnchangedCloneOfAnotherUser_IsCurrent()
    {
        await BuildAsync();
        File.SetUnixFileMode(_clone.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var outcome = await _clone.RunAsync("bash", ["-c", "if ((EUID == 0)); then exec setpriv --reuid 65534 --regid 65534 --clear-groups eng/build; else exec eng/build; fi"]);

        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
    }

    [Theory]
    [InlineData("a;b")]
    [InlineData("a%20b")]
    [InlineData("a b")]
    public async Task Build_FolderThatMeansSomethingToTheBuild_IsBuiltUnderAnotherName(string name)
    {
        var folder = _clone.PathOf("..", Path.GetFileName(_clone.Root) + name);
        await _clone.RunAsync("cp", ["-a", _clone.Root, folder]);
        _clone.Environment["HOME"] = _clone.Root;
        try
        {
            for (var i = 0; i < 2; i++) Assert.Equal(0, (await _clone.RunAsync(Path.Combine(folder, "eng", "build"), [], folder)).Code);
            var target = Assert.Single(File.ReadAllLines(Path.Combine(folder, "calls"))).Split(" -c ")[0]["build ".Length..];
            Assert.DoesNotMatch("[;%]", target);
            Assert.Equal(name == "a b", target.StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal));
            // Every source is there, and what is built there is found in the clone.
            Assert.Equal("class A;", await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(target)!, "src", "A.cs"), TestContext.Current.CancellationToken));
            var artifacts = new DirectoryInfo(Path.Combine(folder, "artifacts"));
            Assert.DoesNotMatch("[;%]", name == "a b" ? "" : artifacts.LinkTarget!);
            Assert.Equal(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(target)!, "artifacts", "log")).Select(Path.GetFileName), Directory.GetFiles(Path.Combine(folder, "artifacts", "log")).Select(Path.GetFileName));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private int Calls => File.ReadAllLines(_clone.PathOf("calls")).Length;

    private async Task BuildAsync(params string[] arguments) => Assert.Equal(0, (await _clone.RunAsync("eng/build", arguments)).Code);

    private Task CommitAsync() => GitAsync("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "--all", "--message=m");

    private async Task GitAsync(params string[] arguments) => Assert.Equal("", (await _clone.RunAsync("git", arguments)).Errors);
}
