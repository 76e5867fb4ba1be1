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

    public static Judgement Judge(LanguageSubject subject, IReadOnlyList<ChoiceQuestion> questions)
    {
        var results = ChoiceResult.Of(subject.Scorer(), questions);
        return Judgement.OfRight(_rules.ToDictionary(rule => rule.Name, rule => (IReadOnlyList<bool>)[.. results.Select(result => result.IsRight(rule.Rule))]));
    }
}
