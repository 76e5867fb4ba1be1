using Ptune.Silo.Configuration;

namespace Ptune.Silo.Tests.Configuration;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--Http:Urls", "http://127.0.0.1:0")]
    [InlineData("--Http__Urls", "http://127.0.0.1:0")]
    [InlineData("--Http:Urls=http://127.0.0.1:0")]
    public void Parse_Setting_IsRead(params string[] arguments)
    {
        var commandLine = CommandLine.Parse(arguments);
        Assert.Empty(commandLine.Problems);
        Assert.Equal("http://127.0.0.1:0", commandLine.Settings["Http:Urls"]);
    }

    [Fact]
    public void Parse_Announce_IsNoSetting()
    {
        var commandLine = CommandLine.Parse(["--announce", "file", "--Mode", "cluster"]);
        Assert.Equal("file", commandLine.Announce);
        Assert.Equal("cluster", commandLine.Settings["Mode"]);
        Assert.Single(commandLine.Settings);
    }

    [Fact]
    public void Parse_MistypedOption_NamesTheNearestOnce()
    {
        var problem = Assert.Single(CommandLine.Parse(["--anounce", "file"]).Problems);
        Assert.Contains("--announce", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MissingValue_IsReported()
    {
        var problem = Assert.Single(CommandLine.Parse(["--announce"]).Problems);
        Assert.Contains("missing", problem.Message, StringComparison.Ordinal);
    }
}
