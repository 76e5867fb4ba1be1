using Ptune.Fixtures;

namespace Ptune.Engineering.Tests;

public sealed class TestLauncherTests : IDisposable
{
    private readonly Sandbox _clone = new Sandbox().With("test").WithLibrary()
        .Script("eng/setup", "exit 0").Script("eng/build", "exit 0").Script("eng/format", "exit 0");

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task Run_AllSuitesPass_AddsThemUp()
    {
        Suite("One", Result(passed: 3));
        Suite("Two", Result(passed: 4));

        var outcome = await _clone.RunAsync("test", []);

        Assert.Equal("8 passed, 0 failed", outcome.LastLine); // With the format check.
        Assert.Equal(0, outcome.Code);
    }

    [Fact]
    public async Task Run_SkippedTests_AreSaid()
    {
        Suite("One", Result(passed: 3, skipped: 2));

        var outcome = await _clone.RunAsync("test", ["One"]);

        Assert.Equal("3 passed, 0 failed, 2 skipped", outcome.LastLine);
    }

    [Fact]
    public async Task Run_FailedTest_ShowsItsOutputAndFails()
    {
        Suite("One", "echo 'expected 1, got 2'; " + Result(passed: 1, failed: 1) + "; exit 1");
        Suite("Two", "echo 'noise of a good suite'; " + Result(passed: 1));

        var outcome = await _clone.RunAsync("test", ["One", "Two"]);

        Assert.Equal("2 passed, 1 failed", outcome.LastLine);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("expected 1, got 2", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("noise", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 139", 0, "crashed with exit code 139")]
    [InlineData(Two + "; exit 3", 2, "crashed with exit code 3")]
    [InlineData("exit 0", 0, "ran no test")]
    [InlineData("rm -- \"$0\"; kill -KILL $$", 0, "was stopped")]
    public async Task Run_SuiteWithoutAnHonestResult_CountsAsOneFailure(string body, int passed, string reason)
    {
        Suite("One", body);

        var outcome = await _clone.RunAsync("test", ["One"]);

        Assert.Equal($"{passed} passed, 1 failed", outcome.LastLine);
        Assert.Equal(1, outcome.Code);
        Assert.Contains(reason, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SuiteWithoutProgram_NamesTheSolution()
    {
        _clone.Write("tests/One/One.Tests.csproj", "<Project />");

        var outcome = await _clone.RunAsync("test", ["One"]);

        Assert.Equal("0 passed, 1 failed", outcome.LastLine);
        Assert.Contains("eng/solution", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SuiteHangs_IsStoppedWithWhatItStarted()
    {
        _clone.Environment["PTUNE_TEST_TIMEOUT"] = "1";
        Suite("One", "sleep 600 & echo $! > child; wait");

        var outcome = await _clone.RunAsync("test", ["One"]);

        Assert.Equal("0 passed, 1 failed", outcome.LastLine);
        Assert.Contains("took longer than 1 s", outcome.Output, StringComparison.Ordinal);
        await AssertGoneAsync("child");
    }

    [Fact]
    public async Task Run_SuiteLeavesAProcess_FailsAndEndsIt()
    {
        Suite("One", Result(passed: 1) + "; setsid sleep 600 & echo $! > child");

        var outcome = await _clone.RunAsync("test", ["One"]);

        Assert.Equal("1 passed, 1 failed", outcome.LastLine);
        Assert.Contains("left running: sleep 600", outcome.Output, StringComparison.Ordinal);
        await AssertGoneAsync("child");
    }

    [Fact]
    public async Task Run_FormatDiffers_IsAFailure()
    {
        _clone.Script("eng/format", "echo 'X.cs differs'; exit 2");
        Suite("One", Result(passed: 1));

        var outcome = await _clone.RunAsync("test", []);

        Assert.Equal("1 passed, 1 failed", outcome.LastLine);
        Assert.Contains("X.cs differs", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownSuite_NamesTheKnownOnesAndRunsNothing()
    {
        Suite("One", "touch ran");

        var outcome = await _clone.RunAsync("test", ["Two"]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("One", outcome.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_clone.PathOf("ran")));
    }

    [Fact]
    public async Task Run_BuildFails_RunsNothingAndFails()
    {
        _clone.Script("eng/build", "exit 1");
        Suite("One", "touch ran");

        var outcome = await _clone.RunAsync("test", []);

        Assert.Equal(1, outcome.Code);
        Assert.False(File.Exists(_clone.PathOf("ran")));
    }

    [Fact]
    public async Task Run_SuiteThatRunsBehind_RunsBesideOneThatRunsAloneAndYieldsToIt()
    {
        _clone.Environment["PTUNE_TEST_TIMEOUT"] = "60";
        Suite("Alone", "until test -e computed; do read -rt 0.1 <> <(:) || true; done; " + Result(passed: 1), "RunsAlone");
        Suite("Behind", "nice >niceness; touch computed; " + Result(passed: 1), "RunsBehind");

        var outcome = await _clone.RunAsync("test", ["Alone", "Behind"]);

        Assert.Equal("2 passed, 0 failed", outcome.LastLine);
        Assert.Equal("19", File.ReadAllText(_clone.PathOf("niceness")).Trim());
    }

    [Fact]
    public async Task Run_SuitesThatRanBefore_StartsTheLongestFirst()
    {
        _clone.Write("artifacts/log/suites", "One 1000\nTwo 3000\nThree 2000\n");
        foreach (var name in new[] { "One", "Two", "Three" }) Suite(name, $"echo {name} >>started; " + Result(passed: 1), "RunsAlone");

        var outcome = await _clone.RunAsync("test", ["One", "Two", "Three"]);

        Assert.Equal("3 passed, 0 failed", outcome.LastLine);
        Assert.Equal(["Two", "Three", "One"], await File.ReadAllLinesAsync(_clone.PathOf("started")));
        Assert.Equal(3, (await File.ReadAllLinesAsync(_clone.PathOf("artifacts/log/suites"))).Length);
    }

    private const string Two = """echo '<assemblies><assembly name="a" total="2" passed="2" failed="0" skipped="0" errors="0">' >"${@: -1}" """;

    private static string Result(int passed, int failed = 0, int skipped = 0) =>
        $"echo '<assemblies><assembly name=\"a\" passed=\"{passed}\" failed=\"{failed}\" skipped=\"{skipped}\" errors=\"0\">' >\"${{@: -1}}\"";

    /// <summary>A suite whose program is a script; its last argument is the result file.</summary>
    private void Suite(string name, string body, string says = "") => _clone
        .Write($"tests/{name}/{name}.Tests.csproj", $"<Project><!-- {says}. --></Project>")
        .Script($"artifacts/bin/{name}.Tests/release/Ptune.{name}.Tests", body);

    private Task AssertGoneAsync(string file) => Eventually.IsTrueAsync(
        "the process is gone",
        () => !Directory.Exists($"/proc/{File.ReadAllText(_clone.PathOf(file)).Trim()}"));
}
