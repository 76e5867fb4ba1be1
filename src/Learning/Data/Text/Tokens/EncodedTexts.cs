using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>The records of a split as a model reads them.</summary>
/// <param name="Examples">Those that are used, in the records' order.</param>
/// <param name="Records">The record of each example.</param>
/// <param name="Counts">What encoding found.</param>
internal sealed record EncodedTexts(IReadOnlyList<EncodedExample> Examples, IReadOnlyList<TextRecord> Records, EncodingCounts Counts)
{
    /// <param name="selection">Texts, prompts with responses, messages, or labelled texts, whose label is then the response.</param>
    /// <param name="spec">Says how long an example may be, and which tokens are trained.</param>
    /// <param name="folder">The model's tokenizer.</param>
    /// <exception cref="DataException">A record cannot be encoded or is too long, or nothing is left.</exception>
    public static EncodedTexts Of(TextSelection selection, DataSpec spec, TokenizerFolder folder)
    {
        var encoder = Encoder(folder, spec);
        var examples = new ExampleEncoder(encoder, encoder, spec.Loss ?? LossScope.Response);
        var rule = RuleOf(spec);
        var counts = new EncodingCounts();
        var labels = selection.Labels is { } names ? new LabelAnswers(encoder, names, rule) : null;
        var kept = new List<EncodedExample>();
        var records = new List<TextRecord>();
        foreach (var record in selection.Records)
        {
            // A label that was cut off could not be learnt.
            var found = record is LabelledText text ? labels!.Example(text, selection.Labels!.IndexOf(text), counts) : rule.Apply(examples.Encode(record), record.Place, counts);
            if (found is not { } example) continue;
            kept.Add(example);
            records.Add(record);
        }

        return kept.Count > 0 ? new EncodedTexts(kept, records, counts) : throw new DataException($"None of the {selection.Records.Count} examples has a token to train: {Why(counts)}.");
    }

    /// <summary>Both responses of each pair; a pair of which one is dropped is dropped.</summary>
    public static (EncodedTexts Chosen, EncodedTexts Rejected) OfPairs(TextSelection selection, DataSpec spec, TokenizerFolder folder)
    {
        var encoder = Encoder(folder);
        var examples = new ExampleEncoder(encoder, encoder, LossScope.Response);
        var rule = RuleOf(spec);
        var counts = new EncodingCounts();
        List<EncodedExample> good = [], bad = [];
        var records = new List<TextRecord>();
        foreach (var record in selection.Records.Cast<Preference>())
        {
            var (chosen, rejected) = examples.Encode(record);
            if (rule.Apply(chosen, record.Place, counts) is not { } first || rule.Apply(rejected, record.Place, counts) is not { } second) continue;
            good.Add(first);
            bad.Add(second);
            records.Add(record);
        }

        return good.Count > 0
            ? (new EncodedTexts(good, records, counts), new EncodedTexts(bad, records, counts))
            : throw new DataException($"None of the {selection.Records.Count} pairs has a token to train: {Why(counts)}.");
    }

    /// <summary>How many tokens the questions with their choices have.</summary>
    public static EncodingCounts OfChoices(TextSelection selection, TokenizerFolder folder)
    {
        var encoder = Encoder(folder);
        var examples = new ExampleEncoder(encoder, encoder, LossScope.Response);
        var counts = new EncodingCounts();
        foreach (var record in selection.Records.Cast<MultipleChoice>())
        {
            var (prompt, choices) = examples.Encode(record);
            counts.Examples++;
            counts.Tokens += choices.Sum(choice => prompt.Length + choice.Length);
            counts.TrainedTokens += choices.Sum(choice => choice.Length);
        }

        return counts;
    }

    public static LengthRule RuleOf(DataSpec spec) => new(spec.MaxTokens ?? 512, spec.TooLong ?? TooLong.Cut);

    /// <summary>The tokenizer for training data.</summary>
    /// <param name="spec">Where it has a template for messages, that stands in for the model's; null: the model's own.</param>
    public static FolderEncoder Encoder(TokenizerFolder folder, DataSpec? spec = null) =>
        spec?.Dataset is TextDatasetSpec { Shape: TextFormat.Messages, Template: { } template } ? new(folder, template: TokenizerFolder.Parse(template, "data.dataset.template")) : new(folder);

    private static string Why(EncodingCounts counts) =>
        $"too long and dropped: {counts.TooLong}; with nothing to train, or nothing of it left: {counts.Untrained}. Raise maxTokens, or have long examples cut in another way (tooLong)";
}
