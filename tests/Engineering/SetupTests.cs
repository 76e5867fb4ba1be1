namespace Ptune.Engineering.Tests;

public sealed class SetupTests : IDisposable
{
    private readonly Sandbox _clone = new Sandbox().With("eng/setup").WithLibrary();

    public void Dispose() => _clone.Dispose();

    [Theory]
    [InlineData("10.0.401 [/usr/lib/dotnet/sdk]", 0)]
    [InlineData("8.0.100 [/usr/lib/dotnet/sdk]", 1)]
    [InlineData("110.0.1 [/usr/lib/dotnet/sdk]", 1)]
    [InlineData("", 1)]
    public async Task Setup_Sdk_MustBeTheOneThatIsNeeded(string sdks, int code)
    {
        _clone.Script("bin/dotnet", $"echo '{sdks}'");

        var outcome = await _clone.RunAsync("eng/setup", ["build"]);

        Assert.Equal(code, outcome.Code);
        Assert.Equal(code != 0, outcome.Errors.Contains("https://dotnet.microsoft.com/download", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setup_UnknownComponent_NamesTheKnownOnes()
    {
        var outcome = await _clone.RunAsync("eng/setup", ["run", "everything"]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("'everything'", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("bench", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_NpmUnreachable_SaysWhatFailedAndWhereTheLogIs()
    {
        ProvideDebian();
        _clone.Write("eng/npm/thing/package-lock.json", "{}")
            .Script("bin/npm", "echo 'npm error code ENOTFOUND'; exit 1");

        var outcome = await _clone.RunAsync("eng/setup", ["test"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("could not install thing from npm: the registry could not be reached", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("artifacts/log/setup.log", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_NpmLockChanged_InstallsAgainAndOnlyThen()
    {
        ProvideDebian();
        _clone.Write("eng/npm/thing/package-lock.json", "{}")
            .Script("bin/npm", "echo call >>calls; mkdir -p eng/npm/thing/node_modules");

        await _clone.RunAsync("eng/setup", ["test"]);
        await _clone.RunAsync("eng/setup", ["test"]);
        _clone.Write("eng/npm/thing/package-lock.json", "{ }");
        var outcome = await _clone.RunAsync("eng/setup", ["test"]);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(2, File.ReadAllLines(_clone.PathOf("calls")).Length);
    }

    /// <summary>The launcher that runs this suite has set up Debian's part already; without it these tests say nothing.</summary>
    private void ProvideDebian()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server"), "RabbitMQ is not installed: eng/setup test");
        _clone.Script("bin/dotnet", "echo '10.0.100 [x]'").Script("bin/node", "").Script("bin/kubectl", "");
    }
}
