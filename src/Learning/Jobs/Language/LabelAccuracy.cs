using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>The label of a text: of a classifier its head's, of a language model the label that it finds most probable behind the text, as it was tuned to write it.</summary>
internal static class LabelAccuracy
{
    private const int _batch = 32;

    public static Judgement Judge(LanguageSubject subject, TextSelection texts, DataSpec data) =>
        subject.Network is TextClassifier classifier ? OfClassifier(subject, classifier, texts, data) : OfLanguageModel(subject, texts, data);

    private static Judgement OfClassifier(LanguageSubject subject, TextClassifier classifier, TextSelection texts, DataSpec data)
    {
        if (subject.Carried is not null) throw new LearningException("The subject is a classifier, and rewards of texts are carried to language models.");
        if (subject.Shown.Length > 0) throw new LearningException("The subject is a classifier, and examples are shown to language models.");
        if (classifier is Bert bert) EncoderTuning.RequireLabels(bert.Config, texts.Labels!);
        var encoded = LabelledTokens.Of(texts, data, subject.Tokenizer);
        var right = new List<bool>();
        using var _ = no_grad();
        foreach (int[] some in Enumerable.Range(0, encoded.Ids.Count).Chunk(_batch))
        {
            using var scope = NewDisposeScope();
            long[] found = LabelTrainer.Logits(classifier, [.. some.Select(text => encoded.Ids[text])], subject.Tokenizer.Padding, classifier.Parameters.Device).argmax(-1).cpu().data<long>().ToArray();
            right.AddRange(some.Select((text, row) => found[row] == encoded.Labels[text]));
        }

        return Judgement.OfRight(new Dictionary<string, IReadOnlyList<bool>> { [MetricNames.Accuracy] = right });
    }

    private static Judgement OfLanguageModel(LanguageSubject subject, TextSelection texts, DataSpec data)
    {
        var encoder = subject.Encoder(data);
        var names = texts.Labels!;
        Choice[] labels = [.. names.Names.Select(name => Choice.Of([.. encoder.Encode(name), encoder.EndOfText], name))];
        var questions = texts.Records.Cast<LabelledText>().Select(record => new ChoiceQuestion(encoder.Encode(record.Text + "\n"), labels, names.IndexOf(record))).ToList();
        var results = ChoiceResult.Of(subject.Scorer(), ChoiceAccuracy.ShownBefore(subject, questions));
        return Judgement.OfRight(new Dictionary<string, IReadOnlyList<bool>> { [MetricNames.Accuracy] = [.. results.Select(result => result.IsRight(ChoiceRule.Sum))] });
    }
}
