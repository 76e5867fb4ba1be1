using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Multiple choice: which choice the model finds most probable, by three rules.</summary>
internal static class ChoiceAccuracy
{
    private static readonly (string Name, ChoiceRule Rule)[] _rules =
        [(MetricNames.Accuracy, ChoiceRule.Sum), (MetricNames.AccuracyPerCharacter, ChoiceRule.PerCharacter), (MetricNames.AccuracyPerByte, ChoiceRule.PerByte)];

    public static Judgement Judge(LanguageSubject subject, TextSelection texts, DataSpec data)
    {
        var encoder = subject.Encoder(data);
        var examples = new ExampleEncoder(encoder, encoder, LossScope.Response);
        return Judge(subject, [.. texts.Records.Cast<MultipleChoice>().Select(record => ChoiceQuestion.Of(record, examples))]);
    }

    /// <summary>The questions behind the examples that are shown.</summary>
    /// <exception cref="LearningException">One does not fit there.</exception>
    public static IReadOnlyList<ChoiceQuestion> ShownBefore(LanguageSubject subject, IReadOnlyList<ChoiceQuestion> questions)
    {
        if (subject.Shown.Length == 0) return questions;
        long context = subject.Scorer().Context;
        foreach (var question in questions) subject.RequireRoom(question.Prompt.Length + question.Choices.Max(choice => choice.Ids.Length), context);
        return [.. questions.Select(question => question with { Prompt = [.. subject.Shown, .. question.Prompt] })];
    }

    public static Judgement Judge(LanguageSubject subject, IReadOnlyList<ChoiceQuestion> questions)
    {
        return Of(ChoiceResult.Of(subject.Scorer(), ShownBefore(subject, questions)));
    }

    /// <param name="texts">Questions with choices.</param>
    /// <param name="scores">For each of them the score of each choice, in nats; the rules divide it as they do a log-probability.</param>
    public static Judgement Of(TextSelection texts, IReadOnlyList<IReadOnlyList<double>> scores) =>
        Of([.. texts.Records.Cast<MultipleChoice>().Zip(scores, (record, choices) => new ChoiceResult(new ChoiceQuestion([], [.. record.Choices.Select(choice => Choice.Of([], choice))], record.Answer), choices))]);

    private static Judgement Of(IReadOnlyList<ChoiceResult> results) =>
        Judgement.OfRight(_rules.ToDictionary(rule => rule.Name, rule => (IReadOnlyList<bool>)[.. results.Select(result => result.IsRight(rule.Rule))]));
}
