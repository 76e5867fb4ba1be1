using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// Bits per byte. Texts are scored whole, by rolling windows behind the token that begins (else ends) a text, as the Language Model Evaluation Harness does; of prompts with
/// responses and of messages the tokens that the loss sees are scored.
/// </summary>
internal static class TextLikelihood
{
    public static Judgement Judge(LanguageSubject subject, TextSelection texts, DataSpec data, BitsPerByteTask task)
    {
        var found = Score(subject, texts, data, task.Window);
        var sum = BitsPerByte.Sum(found);
        return new Judgement(
            new(StringComparer.Ordinal)
            {
                [MetricNames.BitsPerByte] = sum.Value,
                [MetricNames.Loss] = sum.Nats / sum.Tokens,
                [MetricNames.Perplexity] = Math.Exp(sum.Nats / sum.Tokens),
                [MetricNames.Tokens] = sum.Tokens,
                [MetricNames.Bytes] = sum.Bytes,
            },
            [.. found.Select(text => new SortedDictionary<string, double>(StringComparer.Ordinal) { ["nats"] = text.Nats, ["bytes"] = text.Bytes, ["tokens"] = text.Tokens })]);
    }

    /// <param name="window">Tokens of a window; null: as many as an example may have.</param>
    public static IReadOnlyList<BitsPerByte> Score(LanguageSubject subject, TextSelection texts, DataSpec data, int? window)
    {
        var scorer = subject.Scorer();
        int length = (int)Math.Min(window ?? data.MaxTokens ?? scorer.Context, scorer.Context);
        return BitsPerByte.Of(scorer, texts.Records.All(record => record is PlainText)
            ? [.. Windows(subject.Tokenizer, texts, data, length).Select(text => (Behind(subject, text.Windows, beginsText: true, scorer.Context), text.Bytes))]
            : Examples(subject, texts, data, scorer.Context));
    }

    /// <summary>Of each text its windows and its bytes.</summary>
    /// <param name="length">Tokens of a window.</param>
    public static List<(IReadOnlyList<TokenWindow> Windows, long Bytes)> Windows(TokenizerFolder tokenizer, TextSelection texts, DataSpec data, int length)
    {
        var encoder = EncodedTexts.Encoder(tokenizer, data);
        int prefix = tokenizer.IdOf("bos_token") ?? encoder.EndOfText;
        return [.. texts.Records.Cast<PlainText>().Select(record => (RollingWindows.Of(encoder.Encode(record.Text), prefix, length), (long)Encoding.UTF8.GetByteCount(record.Text)))];
    }

    private static List<(IReadOnlyList<TokenWindow> Windows, long Bytes)> Examples(LanguageSubject subject, TextSelection texts, DataSpec data, long context)
    {
        // Cut examples would have fewer bytes than tokens tell: what is too long is refused or dropped.
        var whole = data.TooLong == TooLong.Drop ? data : data with { TooLong = TooLong.Refuse };
        var encoded = EncodedTexts.Of(texts, whole, subject.Tokenizer);
        return [.. encoded.Examples.Zip(encoded.Records, (example, record) => (Behind(subject, [Window(example)], beginsText: false, context),
            (long)(example.Bytes ?? throw new DataException($"{record.Place}: how many bytes the trained tokens stand for is not known. Use 'loss: response'."))))];
    }

    /// <summary>The windows behind the examples that are shown: what is scored stays the same.</summary>
    /// <param name="beginsText">Whether the first window begins with the token that begins a text, which then stands before the examples.</param>
    private static IReadOnlyList<TokenWindow> Behind(LanguageSubject subject, IReadOnlyList<TokenWindow> windows, bool beginsText, long context)
    {
        if (subject.Shown.Length == 0) return windows;
        int[] begin = beginsText ? [windows[0].Ids[0], .. subject.Shown] : subject.Shown;
        return [.. windows.Select((window, number) =>
        {
            int[] own = beginsText && number == 0 ? window.Ids[1..] : window.Ids;
            // The last token is predicted, and not read.
            subject.RequireRoom(begin.Length - subject.Shown.Length + own.Length - 1, context);
            return new TokenWindow([.. begin, .. own], window.Scored);
        })];
    }

    // The trained tokens are the last ones, or the window would score others, too.
    private static TokenWindow Window(EncodedExample example)
    {
        int first = Array.IndexOf(example.Trained, true);
        if (example.Trained.Skip(Math.Max(first, 1)).All(trained => trained)) return new TokenWindow(example.Ids, example.Length - Math.Max(first, 1));
        throw new LearningException("Bits per byte of conversations with several answers are not measured: give conversations that end with their only answer.");
    }
}
