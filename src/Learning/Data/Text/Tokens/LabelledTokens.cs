using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Labelled texts as an encoder reads them: with the tokens that the tokenizer puts around a text.</summary>
/// <param name="Ids">Of each text.</param>
/// <param name="Labels">The index of each text's label.</param>
/// <param name="Records">The record of each text.</param>
/// <param name="Counts">What encoding found.</param>
internal sealed record LabelledTokens(IReadOnlyList<int[]> Ids, IReadOnlyList<int> Labels, IReadOnlyList<TextRecord> Records, EncodingCounts Counts)
{
    /// <exception cref="DataException">A record is too long and refused, has an unknown label, or none is left.</exception>
    public static LabelledTokens Of(TextSelection selection, DataSpec spec, TokenizerFolder folder)
    {
        if (selection.Labels is not { } names) throw new DataException($"Data set '{spec.Dataset.Name}': a classifier needs the format textLabel.");
        var rule = EncodedTexts.RuleOf(spec);
        var counts = new EncodingCounts();
        var ids = new List<int[]>();
        var labels = new List<int>();
        var records = new List<TextRecord>();
        foreach (var record in selection.Records.Cast<LabelledText>())
        {
            int label = names.IndexOf(record);
            if (Fitting(record, folder.Tokenizer, rule, counts) is not { } text) continue;
            ids.Add(text);
            labels.Add(label);
            records.Add(record);
            counts.Examples++;
            counts.Tokens += text.Length;
            counts.TrainedTokens++;
        }

        return ids.Count > 0 ? new LabelledTokens(ids, labels, records, counts) : throw new DataException($"None of the {selection.Records.Count} texts has at most {rule.MaxTokens} tokens.");
    }

    // The text is cut, not what stands around it.
    private static int[]? Fitting(LabelledText record, Tokenizer tokenizer, LengthRule rule, EncodingCounts counts)
    {
        int[] ids = tokenizer.Encode(record.Text);
        if (ids.Length <= rule.MaxTokens) return ids;
        if (rule.TooLong == TooLong.Refuse) throw record.Place.Error($"the text has {ids.Length} tokens, but at most {rule.MaxTokens} are allowed. Raise maxTokens, or have long texts cut or dropped.");
        if (rule.TooLong == TooLong.Drop)
        {
            counts.TooLong++;
            return null;
        }

        int around = ids.Length - tokenizer.EncodeText(record.Text).Length;
        // The usual frame: one token before, the others behind.
        int behind = Math.Max(0, around - 1);
        counts.Cut++;
        counts.TokensCut += ids.Length - rule.MaxTokens;
        return [.. ids[..(rule.MaxTokens - behind)], .. ids[(ids.Length - behind)..]];
    }
}
