using System.Globalization;

namespace Ptune.Engineering.Tests;

public sealed class PtuneLauncherTests : IDisposable
{
    private readonly Sandbox _clone = new Sandbox().With("ptune")
        .Script("eng/setup", "echo \"setup $*\" >&2").Script("eng/build", "echo \"build $*\" >&2")
        .Script("bin/dotnet", "printf '%s\\n' $$ \"$PTUNE_HOME\" \"$PWD\" \"$@\"; exit 3");

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task Ptune_ThroughALinkFromElsewhere_BecomesTheClient()
    {
        using var elsewhere = new Sandbox();
        File.CreateSymbolicLink(elsewhere.PathOf("bin", "tune"), _clone.PathOf("ptune"));
        elsewhere.Environment["PATH"] = $"{_clone.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";

        var outcome = await elsewhere.RunAsync("bin/tune", ["get", "a job", "*"]);

        Assert.Equal(
            [
                // The launcher's own process id: signals reach the client, and so does its exit code.
                outcome.ProcessId.ToString(CultureInfo.InvariantCulture), _clone.Root, elsewhere.Root,
                _clone.PathOf("artifacts", "bin", "Cli", "release", "ptune.dll"), "get", "a job", "*",
            ],
            outcome.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal(3, outcome.Code);
    }

    [Theory]
    [InlineData("setup run", "run", "spec.yaml")]
    [InlineData("setup run", "server")]
    [InlineData("setup build", "run", "--help")]
    [InlineData("setup build", "version")]
    [InlineData("setup build")]
    public async Task Ptune_SetsUpOnlyWhatTheCommandNeeds(string expected, params string[] arguments)
    {
        var outcome = await _clone.RunAsync("ptune", arguments);

        Assert.StartsWith(expected + "\n", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setup build data:speeches data:king-james", "run", "specs/study.yaml")]
    [InlineData("setup build data:speeches data:king-james", "submit", "specs/study.yaml", "-o", "json")]
    [InlineData("setup build", "plan", "specs/study.yaml")]
    public async Task Ptune_SpecThatSaysWhatItNeeds_SetsUpThatInPlaceOfTheImages(string expected, params string[] arguments)
    {
        _clone.Write("specs/study.yaml", "# A study.\n# needs: data:speeches data:king-james run $(touch owned) data:../x\nkind: TransferStudy\n# needs: data:other\n");

        var outcome = await _clone.RunAsync("ptune", arguments);

        Assert.StartsWith(expected + "\n", outcome.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_clone.PathOf("owned")));
    }

    [Fact]
    public async Task Ptune_SetupRefuses_StopsWithItsCode()
    {
        _clone.Script("eng/setup", "exit 2");

        var outcome = await _clone.RunAsync("ptune", ["run", "spec.yaml"]);

        Assert.Equal(2, outcome.Code);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("<&-")]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task Ptune_ClosedStream_StandsOpenForTheClient(string closed)
    {
        _clone.Script("bin/dotnet", "for fd in 0 1 2; do [[ -e /proc/self/fd/$fd ]] || exit 9; done; exit 3");

        Assert.Equal(3, (await _clone.RunAsync("bash", ["-c", $"./ptune version {closed}"])).Code);
    }

    [Theory]
    [InlineData("unset HOME")]
    [InlineData("export HOME=/nonexistent")]
    [InlineData("mkdir gone; cd gone; rmdir ../gone")]
    public async Task Ptune_SurroundingsLackSomething_BecomesTheClient(string change) =>
        Assert.Equal(3, (await _clone.RunAsync("bash", ["-c", $"{change}; {_clone.PathOf("ptune")} version"])).Code);
}
