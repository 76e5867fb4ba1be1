using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

public sealed class SchedulingTests
{
    [Fact]
    public void Read_OfAllItsKeys_HoldsThem()
    {
        var reading = Read("""{ activeDeadline: 2h, ttlAfterFinished: 7d, logRules: [{ pattern: 'ECC error \d+', action: notOnThisWorker }] }""");
        Assert.Empty(reading.Problems);
        var scheduling = reading.Spec!.Scheduling;
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromDays(7)), (Durations.Parse(scheduling.ActiveDeadline), Durations.Parse(scheduling.TtlAfterFinished)));
        Assert.Equal([new LogRule { Pattern = @"ECC error \d+", Action = LogRuleAction.NotOnThisWorker }], scheduling.LogRules!);
    }

    [Theory]
    [InlineData("{ activeDeadline: 90 }", "scheduling.activeDeadline", "text of the form")]
    [InlineData("{ activeDeadline: 2 hours }", "scheduling.activeDeadline", "a number and s, m, h or d")]
    [InlineData("{ ttlAfterFinished: -5m }", "scheduling.ttlAfterFinished", "text of the form")]
    [InlineData("{ logRules: [{ pattern: 'a(b', action: doNotRetry }] }", "scheduling.logRules[0].pattern", "at character 3")]
    [InlineData("{ logRules: [{ pattern: '', action: doNotRetry }] }", "scheduling.logRules[0].pattern", "matches every line")]
    [InlineData("{ logRules: [{ pattern: x, action: retry }] }", "scheduling.logRules[0].action", "doNotRetry, notOnThisWorker")]
    [InlineData("{ logRules: [{ action: doNotRetry }] }", "scheduling.logRules[0].pattern", "missing")]
    [InlineData("{ logRules: doNotRetry }", "scheduling.logRules", "a list")]
    public void Read_OfOneMistake_NamesItsPlaceAndTheFix(string scheduling, string path, string words)
    {
        var problem = Assert.Single(Read(scheduling).Problems);
        Assert.Equal((path, 4), (problem.Path, problem.Line));
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("90m", 5400)]
    [InlineData("999999d", 86_399_913_600)]
    public void Parse_OfADuration_IsItsSeconds(string text, double seconds) => Assert.Equal(seconds, Durations.Parse(text)!.Value.TotalSeconds);

    [Theory]
    [InlineData("^(a+)+$", true)]
    [InlineData(@"(\w+) \1", false)]
    public void Compile_OfAPattern_IsLinearWhereItCanBe(string pattern, bool isLinear) =>
        Assert.Equal(isLinear, new LogRule { Pattern = pattern, Action = LogRuleAction.DoNotRetry }.Compile().Options.HasFlag(System.Text.RegularExpressions.RegexOptions.NonBacktracking));

    private static SpecReading Read(string scheduling) => SpecReader.Read($"apiVersion: ptune/v1\nkind: NoOp\nname: x\nscheduling: {scheduling}\n");
}
