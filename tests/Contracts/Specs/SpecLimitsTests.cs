using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>The limits are where they are stated, and a spec at the limit is taken.</summary>
public sealed class SpecLimitsTests
{
    private const string Job = "apiVersion: ptune/v1\nkind: NoOp\nname: x\n";

    [Fact]
    public void Limits_InTheClientsPage_AreThoseOfTheReader()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "cli.md"));
        string[] stated =
        [
            $"{SpecLimits.Characters:N0} characters and {SpecLimits.Nodes:N0} keys and values, {SpecLimits.Depth} levels", $"{SpecLimits.KeyCharacters:N0} characters, {SpecLimits.ValueCharacters:N0} characters",
            $"{SpecLimits.StudyJobs:N0} jobs, {SpecLimits.Models:N0} models", $"{SweepSpec.MaxTrials:N0} trials", $"{SpecLimits.Labels} labels of {IDatasetSpec.MaxLabel} characters",
            $"{LogRule.MaxRules} rules with patterns of {LogRule.MaxPattern} characters", $"{Needs.MaxLabels} labels with values of {Needs.MaxLabelValue} characters", $"{SpecLimits.Problems} mistakes",
        ];
        Assert.All(stated, limit => Assert.Contains(limit, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OfManyMistakes_ListsFiftyAndSaysHowManyMore()
    {
        var problems = SpecReader.Read(Job + string.Concat(Enumerable.Range(0, 1_234).Select(i => $"u{i}: 1\n"))).Problems;
        Assert.Equal(SpecLimits.Problems + 1, problems.Count);
        Assert.Equal(Enumerable.Range(4, SpecLimits.Problems), problems.SkipLast(1).Select(p => p.Line));
        Assert.Contains("1,184 more", problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfExactlyFiftyMistakes_SaysNothingOfMore() =>
        Assert.Equal(SpecLimits.Problems, SpecReader.Read(Job + string.Concat(Enumerable.Range(0, SpecLimits.Problems).Select(i => $"u{i}: 1\n"))).Problems.Count);

    [Fact]
    public void Read_OfALongName_ShowsItsBeginning()
    {
        var problem = Assert.Single(SpecReader.Read($"{Job}{new string('k', SpecLimits.KeyCharacters)}: 1\n").Problems);
        Assert.Contains($"'{new string('k', Shown.NameCharacters)}…'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [&x 1, *x]", 0)]
    [InlineData("a: [&x { b: [1] }, *x]", 0)]
    [InlineData("*x : 1", 1)]
    [InlineData("a: [*x, &x 1]", 1)]
    [InlineData("a: &x [*x]", 1)]
    [InlineData("? &x b\n: 1", 1)]
    public void Read_OfAliases_FollowsThoseOfAFinishedValueOnly(string yaml, int problems)
    {
        // The key 'a' itself is unknown, which is found only when the text could be read.
        var found = SpecReader.Read($"{Job}{yaml}\n").Problems;
        var problem = Assert.Single(found);
        Assert.Equal(problems == 0, problem.Path == "a");
    }

    [Fact]
    public void Read_OfAnAliasForAPart_TakesItTwice()
    {
        var text = Samples.Study.Replace("{ epochs: 2 } }", "&recipe { epochs: 2 } }", StringComparison.Ordinal);
        text = text.Remove(text.LastIndexOf("&recipe { epochs: 2 }", StringComparison.Ordinal), "&recipe { epochs: 2 }".Length).Insert(text.LastIndexOf("&recipe { epochs: 2 }", StringComparison.Ordinal), "*recipe");
        var study = Assert.IsType<TransferStudySpec>(SpecReader.Read(text).Spec);
        Assert.Equal([2, 2], study.Models.Values.Select(m => m.Pretraining!.Recipe.Epochs));
    }

    [Fact]
    public void Read_OfTheDeepestTextPlusOneLevel_Refuses()
    {
        string Nested(int levels) => $"{Job}a: {new string('[', levels)}{new string(']', levels)}\n";
        Assert.Equal("a", Assert.Single(SpecReader.Read(Nested(SpecLimits.Depth - 1)).Problems).Path);
        Assert.Contains("nested", Assert.Single(SpecReader.Read(Nested(SpecLimits.Depth)).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfADepthThatAliasesMake_Refuses()
    {
        var half = SpecLimits.Depth / 2;
        var text = $"{Job}a: &a {new string('[', half)}{new string(']', half)}\nb: {new string('[', half)}*a{new string(']', half)}\n";
        Assert.Contains("nested", Assert.Single(SpecReader.Read(text).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogRule.MaxPattern, LogRule.MaxRules, 0)]
    [InlineData(LogRule.MaxPattern + 1, 1, 1)]
    [InlineData(1, LogRule.MaxRules + 1, 1)]
    public void Read_OfLogRules_TakesThoseWithinTheLimits(int characters, int rules, int problems) =>
        Assert.Equal(problems, SpecReader.Read($"{Job}scheduling: {{ logRules: [{string.Join(", ", Enumerable.Repeat($"{{ pattern: '{new string('x', characters)}', action: doNotRetry }}", rules))}] }}\n").Problems.Count);

    [Theory]
    [InlineData(Needs.MaxLabels, Needs.MaxLabelValue, 0)]
    [InlineData(Needs.MaxLabels + 1, 1, 1)]
    [InlineData(1, Needs.MaxLabelValue + 1, 1)]
    public void Read_OfNeededLabels_TakesThoseThatFitIntoARow(int labels, int characters, int problems) =>
        Assert.Equal(problems, SpecReader.Read($"{Job}scheduling: {{ needs: {{ labels: {{ {string.Join(", ", Enumerable.Range(0, labels).Select(i => $"l{i}: {new string('x', characters)}"))} }} }} }}\n").Problems.Count);

    [Theory]
    [InlineData(SpecLimits.Labels, 0)]
    [InlineData(SpecLimits.Labels + 1, 1)]
    public void Read_OfLabels_TakesAsManyAsAByteHolds(int labels, int problems) =>
        Assert.Equal(problems, SpecReader.Read(Samples.With("[even, odd]", $"[{string.Join(", ", Enumerable.Range(0, labels).Select(i => $"l{i}"))}]")).Problems.Count);

    [Fact]
    public void Read_OfAStudyWithMoreJobsThanTheLimit_SaysHowMany()
    {
        var seeds = (SpecLimits.StudyJobs - 5) / 8;
        string Study(int count) => $"{Samples.Study}\nseeds: [{string.Join(", ", Enumerable.Range(1, count))}]\n";
        Assert.Empty(SpecReader.Read(Study(seeds)).Problems);

        var problem = Assert.Single(SpecReader.Read(Study(seeds + 1)).Problems);
        Assert.Equal("seeds", problem.Path);
        Assert.Contains($"{StudyPlanner.Count((TransferStudySpec)SpecReader.Read(Study(seeds)).Spec!) + 8:N0} jobs; the limit is 2,000", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_OfAStudy_IsHowManyJobsItsPlanHas()
    {
        var study = (TransferStudySpec)SpecReader.Read(Samples.Study).Spec!;
        var stored = study with { Models = new(study.Models) { ["mlp@v1"] = new StudyModel { Artifact = Digest.Of("model") } }, Seeds = [4, 5] };
        foreach (var each in new[] { study, stored }) Assert.Equal(StudyPlanner.Plan("default", each, new Dictionary<string, string>()).Jobs.Length, StudyPlanner.Count(each));
    }

    /// <summary>In .NET <c>$</c> also matches before a last line break.</summary>
    [Theory]
    [InlineData("name: \"x\\n\"", "name")]
    [InlineData("name: |\n  x\n", "name")]
    [InlineData("scheduling: { pool: \"default\\n\" }", "scheduling.pool")]
    [InlineData("scheduling: { activeDeadline: \"1h\\n\" }", "scheduling.activeDeadline")]
    [InlineData("scheduling: { ttlAfterFinished: \"1d\\n\" }", "scheduling.ttlAfterFinished")]
    [InlineData("scheduling: { needs: { labels: { \"zone\\n\": a } } }", "scheduling.needs.labels.zone\\u000a")]
    [InlineData("scheduling: { needs: { labels: { zone: \"a\\n\" } } }", "scheduling.needs.labels.zone")]
    public void Read_OfATextThatEndsInALineBreak_Refuses(string line, string path) =>
        Assert.Equal(path, Assert.Single(SpecReader.Read($"apiVersion: ptune/v1\nkind: NoOp\n{line}\n").Problems).Path);

    [Theory]
    [InlineData("vit@v1\n")]
    [InlineData("vit@v1\r\n")]
    public void IsAlias_OfALineBreak_IsFalse(string text)
    {
        Assert.False(InputRef.IsAlias(text));
        Assert.False(InputRef.IsDigest(Digest.Of("x") + "\n"));
        Assert.False(JobIds.IsTenant("default\n"));
        Assert.False(JobIds.IsWellFormed($"default.{new string('0', 32)}\n"));
    }

    /// <summary>Small enough, it makes every reward infinite, which was found only after training.</summary>
    [Theory]
    [InlineData("1e-38", 1)]
    [InlineData("0.0009", 1)]
    [InlineData("0.001", 0)]
    public void Read_OfLambda_TakesWhatARewardSurvives(string lambda, int problems) =>
        Assert.Equal(problems, SpecReader.Read($"{Samples.Study}\nreward: {{ lambda: {lambda} }}\n").Problems.Count);
}
