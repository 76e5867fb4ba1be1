namespace Ptune.Kubernetes.Tests;

/// <summary>promtool's own judgement of the alert rules, and its unit tests of when they fire.</summary>
public sealed class MonitoringTests
{
    private const string Hint = "It is in Debian's package prometheus: eng/setup test";

    [Theory]
    [InlineData("check", "ptune.rules.yaml", "5 rules found")]
    [InlineData("test", "ptune.rules.test.yaml", "SUCCESS")]
    public async Task Rules_AreValidAndFireWhenTheyShould(string command, string file, string expected)
    {
        var run = await Command.RunAsync("promtool", [command, "rules", Repository.PathOf("k8s", "monitoring", file)], "", Hint, TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_WithAMistake_AreRefused()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Repository.Read("k8s", "monitoring", "ptune.rules.yaml").Replace("absent(", "absnt(", StringComparison.Ordinal));
        var run = await Command.RunAsync("promtool", ["check", "rules", file], "", Hint, TestContext.Current.CancellationToken);
        File.Delete(file);
        Assert.NotEqual(0, run.ExitCode);
    }
}
