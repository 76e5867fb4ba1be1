using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Evaluation.Language;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Whether the label with the largest score is the right one; of equal ones the first counts.</summary>
internal static class LabelAccuracy
{
    /// <summary>A language model with rewards over tokens: the label that it finds most probable behind the text, as it was tuned to write it.</summary>
    public static Judgement Judge(LanguageSubject subject, TextSelection texts, DataSpec data)
    {
        var scorer = subject.Scorer();
        var asked = AnswerQuestions.Of(texts, data, subject.Encoder(data), scorer.Context);
        return Of(texts with { Records = asked.Records }, [.. ChoiceResult.Of(scorer, ChoiceAccuracy.ShownBefore(subject, asked.Questions)).Select(result => result.LogProbabilities)]);
    }

    /// <param name="texts">Labelled texts.</param>
    /// <param name="scores">For each of them the score of each label, in nats, up to a constant.</param>
    public static Judgement Of(TextSelection texts, IReadOnlyList<IReadOnlyList<double>> scores)
    {
        var values = texts.Records.Cast<LabelledText>().Zip(scores, (record, labels) =>
        {
            int right = texts.Labels!.IndexOf(record);
            double largest = labels.Max();
            double loss = largest + Math.Log(labels.Sum(label => Math.Exp(label - largest))) - labels[right];
            bool isRight = labels.ToList().IndexOf(largest) == right;
            return new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.Accuracy] = isRight ? 1 : 0, [MetricNames.Loss] = loss };
        }).ToList();
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.Accuracy] = values.Average(value => value[MetricNames.Accuracy]),
            [MetricNames.Loss] = values.Average(value => value[MetricNames.Loss]),
        };
        return new Judgement(metrics, values);
    }
}
