using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Labelled texts as a language model reads and answers them: the text, a line feed, and the label, after which the text ends.</summary>
internal sealed class LabelAnswers
{
    private readonly ITextEncoder _encoder;
    private readonly int[] _lineFeed;
    private readonly LengthRule _rule;
    private readonly int _room;

    /// <param name="encoder">The model's tokenizer.</param>
    /// <param name="names">All labels: a text leaves room for the longest of them, so that it is the same text whatever its label.</param>
    /// <param name="rule">How long text and label may be together.</param>
    /// <exception cref="DataException">The labels leave no room for a text.</exception>
    public LabelAnswers(ITextEncoder encoder, LabelNames names, LengthRule rule)
    {
        (_encoder, _rule) = (encoder, rule);
        Labels = [.. names.Names.Select(name => (int[])[.. encoder.Encode(name), encoder.EndOfText])];
        _lineFeed = encoder.Encode("\n");
        int longest = Labels.Max(label => label.Length);
        _room = rule.MaxTokens - longest;
        if (_room <= _lineFeed.Length) throw new DataException($"maxTokens is {rule.MaxTokens}, and the longest label has {longest} tokens, which leaves no room for a text. Raise maxTokens, or use shorter labels.");
    }

    /// <summary>The tokens of each label.</summary>
    public IReadOnlyList<int[]> Labels { get; }

    /// <summary>The tokens before the label: too long a text loses its end, or where the rule says cutPrompt its beginning. Null where it is left out.</summary>
    /// <exception cref="DataException">It is too long, and the rule refuses that.</exception>
    public int[]? Prompt(LabelledText record, EncodingCounts counts)
    {
        int[] ids = _encoder.Encode(record.Text + "\n");
        if (ids.Length <= _room) return ids;
        if (_rule.TooLong == TooLong.Refuse) throw record.Place.Error($"the text with its label has {_rule.MaxTokens - _room + ids.Length} tokens, but at most {_rule.MaxTokens} are allowed. Raise maxTokens, or have long texts cut or dropped.");
        if (_rule.TooLong == TooLong.Drop)
        {
            counts.TooLong++;
            return null;
        }

        counts.Cut++;
        counts.TokensCut += ids.Length - _room;
        return _rule.TooLong == TooLong.CutPrompt ? ids[^_room..] : [.. ids[..(_room - _lineFeed.Length)], .. _lineFeed];
    }

    /// <summary>Text and right label, of which the label is trained; null where it is left out.</summary>
    public EncodedExample? Example(LabelledText record, int label, EncodingCounts counts)
    {
        if (Prompt(record, counts) is not { } prompt) return null;
        int[] ids = [.. prompt, .. Labels[label]];
        counts.Examples++;
        counts.Tokens += ids.Length;
        counts.TrainedTokens += Labels[label].Length;
        return new EncodedExample(ids, [.. Enumerable.Range(0, ids.Length).Select(token => token >= prompt.Length)]);
    }
}
