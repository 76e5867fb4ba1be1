using System.Text.Json;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Tests.Evaluation.Language;

public sealed class ChoiceTests
{
    [Theory]
    [InlineData(4_096)]
    [InlineData(16)]
    public void Of_Questions_ArePyTorchsSumsAndPicks(long batchTokens)
    {
        var facts = JudgingFixture.Language;
        using var model = JudgingFixture.Source();
        var questions = facts["questions"]!.AsArray().Select(question => new ChoiceQuestion(
            question!["context"].Ints(),
            [.. question["choices"]!.AsArray().Select(choice => new Choice(choice!["ids"].Ints(), Characters: 1, choice["bytes"]!.GetValue<int>()))],
            question["answer"]!.GetValue<int>())).ToList();

        var results = ChoiceResult.Of(new SequenceScorer(new LanguageNetwork(model), pad: 0, batchTokens), questions);

        foreach (var (theirs, ours) in facts["source"]!.AsArray().Zip(results))
        {
            double[] sums = theirs!["sums"].Deserialize<double[]>()!;
            Assert.All(sums.Zip(ours.LogProbabilities), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * Math.Abs(pair.First)));
            Assert.Equal(theirs["bySum"]!.GetValue<int>(), ours.Pick(ChoiceRule.Sum));
            Assert.Equal(theirs["perByteChoice"]!.GetValue<int>(), ours.Pick(ChoiceRule.PerByte));
        }
    }

    /// <summary>The harness's log-likelihoods with its texts give the harness's picks: characters are code points, bytes are of the text without its space.</summary>
    [Fact]
    public void Pick_HarnesssLogLikelihoods_AreTheHarnesssPicks()
    {
        var facts = JudgingFixture.Harness["choice"]!;
        int[] right = new int[3];
        for (int number = 0; number < facts["questions"]!.AsArray().Count; number++)
        {
            var question = facts["questions"]![number]!;
            var choices = question["choices"].Deserialize<string[]>()!.Select(text => Choice.Of([1], text)).ToList();
            var result = new ChoiceResult(new ChoiceQuestion([1], choices, question["answer"]!.GetValue<int>()), facts["logLikelihoods"]![number].Deserialize<double[]>()!);

            ChoiceRule[] rules = [ChoiceRule.Sum, ChoiceRule.PerCharacter, ChoiceRule.PerByte];
            Assert.Equal(facts["picks"]![number].Ints(), rules.Select(result.Pick));
            for (int rule = 0; rule < rules.Length; rule++) right[rule] += result.IsRight(rules[rule]) ? 1 : 0;
        }

        double count = facts["questions"]!.AsArray().Count;
        Assert.Equal(facts["acc,none"]!.GetValue<double>(), right[0] / count, 1e-12);
        Assert.Equal(facts["acc_norm,none"]!.GetValue<double>(), right[1] / count, 1e-12);
        Assert.Equal(facts["acc_bytes,none"]!.GetValue<double>(), right[2] / count, 1e-12);
    }

    [Fact]
    public void Rows_LongPrompt_LosesItsBegin()
    {
        var row = new ChoiceQuestion([1, 2, 3, 4], [new Choice([7, 8], 1, 1)], 0).Rows(context: 5).Single();

        Assert.Equal([2, 3, 4, 7, 8], row.Ids);
        Assert.Equal([false, false, false, true, true], row.Trained);
    }

    [Theory]
    [InlineData(new int[0], new[] { 1 }, "prompt has no token")]
    [InlineData(new[] { 1 }, new int[0], "Choice 1 has no token")]
    [InlineData(new[] { 1 }, new[] { 1, 2, 3, 4, 5 }, "Choice 1 has 5 tokens")]
    public void Rows_OfWhatCannotBeScored_AreRefused(int[] prompt, int[] choice, string expected)
    {
        var error = Assert.Throws<LearningException>(() => new ChoiceQuestion(prompt, [new Choice(choice, 1, 1)], 0).Rows(context: 5).ToList());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
