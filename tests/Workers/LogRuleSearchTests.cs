using Microsoft.Extensions.Time.Testing;
using Ptune.Contracts.Specs;
using Ptune.Supervisor.Attempts;

namespace Ptune.Workers.Tests;

public sealed class LogRuleSearchTests
{
    // Only an engine that goes back can search for it, and then for longer than anybody waits.
    private const string Slow = @"^(a+)+\1$";

    [Fact]
    public void Find_OfTwoRules_IsTheFirstThatMatchesALine()
    {
        LogRule[] rules = [Rule("^never$"), Rule("CUDA|cuda", LogRuleAction.NotOnThisWorker)];
        Assert.Equal((rules[1], "a cuda error"), Find(rules, ["one", "a cuda error"]).Found);
        Assert.Null(Find(rules, ["one", "two"]).Found);
    }

    [Fact]
    public void Find_PatternThatTakesForEver_IsSkippedAndTheNextFound()
    {
        LogRule[] rules = [Rule(Slow), Rule("b")];
        var (found, skipped) = Find(rules, [new string('a', 40) + "b"]);
        Assert.Equal((rules[1], 1), (found!.Value.Rule, skipped));
    }

    [Fact]
    public void Find_ManySlowRules_ShareOneBudget()
    {
        var rules = Enumerable.Repeat(Rule(Slow), 1000).ToArray();
        var search = new LogRuleSearch(TimeProvider.System, TimeSpan.FromMilliseconds(300));
        var begin = TimeProvider.System.GetTimestamp();
        Assert.Null(search.Find(rules, [new string('a', 40) + "b"], CancellationToken.None));
        Assert.Equal(rules.Length, search.Skipped);
        // Each by itself would take LogRule.MatchLimit: 250 s in all.
        Assert.True(TimeProvider.System.GetElapsedTime(begin) < LogRule.MatchLimit * rules.Length / 10);
    }

    [Fact]
    public void Find_NoTimeLeft_SearchesForNothing()
    {
        var time = new FakeTimeProvider();
        var search = new LogRuleSearch(time, TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(search.Find([Rule("a")], ["a"], CancellationToken.None));
        Assert.Equal(1, search.Skipped);
    }

    [Fact]
    public void Find_JobIsToStop_SearchesNoFurther() =>
        Assert.Null(new LogRuleSearch(TimeProvider.System, LogRuleSearch.Budget).Find([Rule("a")], ["a"], new CancellationToken(canceled: true)));

    [Fact]
    public void Find_PatternBeyondTheBound_IsNotEvenParsed()
    {
        var (found, skipped) = Find([Rule(new string('[', 150_000)), Rule("a")], ["a"]);
        Assert.Equal(("a", 1), (found!.Value.Rule.Pattern, skipped));
    }

    private static ((LogRule Rule, string Line)? Found, int Skipped) Find(LogRule[] rules, string[] lines)
    {
        var search = new LogRuleSearch(TimeProvider.System, LogRuleSearch.Budget);
        return (search.Find(rules, lines, CancellationToken.None), search.Skipped);
    }

    private static LogRule Rule(string pattern, LogRuleAction action = LogRuleAction.DoNotRetry) => new() { Pattern = pattern, Action = action };
}
