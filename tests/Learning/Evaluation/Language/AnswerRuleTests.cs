using Ptune.Learning.Evaluation.Language;

namespace Ptune.Learning.Tests.Evaluation.Language;

public sealed class AnswerRuleTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, JudgingFixture.Harness["extraction"]!["cases"]!.AsArray().Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsRight_Gsm8k_IsTheHarnesssAnswer(int number)
    {
        var item = JudgingFixture.Harness["extraction"]!["cases"]![number]!;
        string text = item["text"]!.GetValue<string>(), reference = item["reference"]!.GetValue<string>();

        foreach (var (rule, name) in new[] { (AnswerRule.Gsm8kStrict, "strict"), (AnswerRule.Gsm8kFlexible, "flexible") })
        {
            Assert.Equal(item[name]!.GetValue<string>(), rule.Extract(text));
            Assert.Equal(item[$"{name}Right"]!.GetValue<bool>(), rule.IsRight(text, reference));
        }
    }

    [Theory]
    [InlineData(" Paris\n", "Paris", true)]
    [InlineData("paris", "Paris", false)]
    public void IsRight_Exact_IsLetterForLetter(string text, string reference, bool expected) => Assert.Equal(expected, AnswerRule.Of("exact").IsRight(text, reference));

    [Fact]
    public void Of_UnknownName_NamesTheKnown()
    {
        var error = Assert.Throws<LearningException>(() => AnswerRule.Of("gsm8k"));

        Assert.Contains("exact, gsm8k-strict, gsm8k-flexible", error.Message, StringComparison.Ordinal);
    }
}
