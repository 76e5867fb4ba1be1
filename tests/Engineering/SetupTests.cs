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

    // SHA-256 of "verse\n".
    private const string Verse = "321e328fb3b65d26a0358d1d4edfeb238a1d4d5594968b8f4c0370ece08ba55d";

    [Fact]
    public async Task Setup_Data_IsWrittenOnceWithItsDigest()
    {
        ProvideKingJames("verse");

        var first = await _clone.RunAsync("eng/setup", ["data:king-james"]);
        // What is there is not made again.
        _clone.Script("bin/node", "exit 9");
        var second = await _clone.RunAsync("eng/setup", ["data:king-james"]);

        Assert.Equal((0, 0, ""), (first.Code, second.Code, second.Errors));
        Assert.Equal("verse\n", File.ReadAllText(_clone.PathOf("artifacts", "data", "king-james.jsonl")));
        Assert.Contains(Verse, first.Errors, StringComparison.Ordinal);
        Assert.Equal(["king-james.jsonl"], Directory.EnumerateFileSystemEntries(_clone.PathOf("artifacts", "data")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Setup_DataThatIsDamaged_IsMadeAgain()
    {
        ProvideKingJames("verse");
        _clone.Write("artifacts/data/king-james.jsonl", "ver");

        Assert.Equal(0, (await _clone.RunAsync("eng/setup", ["data:king-james"])).Code);
        Assert.Equal("verse\n", File.ReadAllText(_clone.PathOf("artifacts", "data", "king-james.jsonl")));
    }

    [Fact]
    public async Task Setup_DataWithOtherBytes_LeavesNothingAndSaysSo()
    {
        ProvideKingJames("another verse");

        var outcome = await _clone.RunAsync("eng/setup", ["data:king-james"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("the data king-james came out with other bytes than expected, so nothing was installed: king-james.jsonl: FAILED", outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_clone.PathOf("artifacts", "data")));
    }

    [Fact]
    public async Task Setup_DataThatCannotBeMade_SaysWhyAndLeavesNothing()
    {
        ProvideKingJames("verse");
        _clone.Script("bin/bible", "echo 'no such book' >&2; exit 4");

        var outcome = await _clone.RunAsync("eng/setup", ["data:king-james"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("could not make the data king-james", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("no such book", outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_clone.PathOf("artifacts", "data")));
    }

    [Theory]
    [InlineData("data:nothing")]
    [InlineData("data:")]
    [InlineData("data:king-james extra")]
    public async Task Setup_UnknownData_NamesWhatThereIs(string component)
    {
        ProvideKingJames("verse");

        var outcome = await _clone.RunAsync("eng/setup", [component]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("one of king-james", outcome.Errors, StringComparison.Ordinal);
    }

    /// <summary>Programs that make one file of what they are told to.</summary>
    private void ProvideKingJames(string verse) => _clone
        .Write("eng/data/king-james.sha256", $"{Verse}  king-james.jsonl\n")
        .Script("bin/dotnet", "echo '10.0.100 [x]'").Script("bin/dpkg-query", "echo installed")
        .Script("bin/bible", $"echo '{verse}'").Script("bin/node", "cat >\"$2/king-james.jsonl\"");

    /// <summary>The launcher that runs this suite has set up Debian's part already; without it these tests say nothing.</summary>
    private void ProvideDebian()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server"), "RabbitMQ is not installed: eng/setup test");
        _clone.Script("bin/dotnet", "echo '10.0.100 [x]'").Script("bin/node", "").Script("bin/kubectl", "");
    }
}
