namespace Ptune.Learning.Evaluation.Language;

/// <summary>How well a model predicts text, whatever its tokenizer is.</summary>
/// <param name="Nats">Minus the sum of the log-probabilities of the scored tokens.</param>
/// <param name="Bytes">Of the text in UTF-8; at least 1.</param>
/// <param name="Tokens">Those that were scored.</param>
internal sealed record BitsPerByte(double Nats, long Bytes, long Tokens)
{
    public double Value => Nats / Bytes / Math.Log(2);

    /// <summary>e^(nats / bytes).</summary>
    public double BytePerplexity => Math.Exp(Nats / Bytes);

    /// <summary>Of several texts together: each counts by its bytes.</summary>
    /// <exception cref="LearningException">There is no text.</exception>
    public static BitsPerByte Sum(IReadOnlyCollection<BitsPerByte> texts) => texts.Sum(text => text.Bytes) is var bytes and > 0
        ? new BitsPerByte(texts.Sum(text => text.Nats), bytes, texts.Sum(text => text.Tokens))
        : throw new LearningException("There is no text to score.");

    /// <param name="scorer">The model.</param>
    /// <param name="texts">Of each text its windows and its bytes.</param>
    /// <exception cref="LearningException">A text is empty, or the model computes no finite numbers.</exception>
    public static IReadOnlyList<BitsPerByte> Of(SequenceScorer scorer, IReadOnlyList<(IReadOnlyList<TokenWindow> Windows, long Bytes)> texts)
    {
        if (texts.Index().Where(text => text.Item.Bytes < 1).Select(text => (int?)text.Index).FirstOrDefault() is { } empty)
            throw new LearningException($"Text {empty + 1} is empty, so it has no bits per byte.");
        var sums = new Queue<double>(scorer.Sums([.. texts.SelectMany(text => text.Windows).Select(window => window.Row)]));
        return [.. texts.Select(text => new BitsPerByte(-text.Windows.Sum(_ => sums.Dequeue()), text.Bytes, text.Windows.Sum(window => (long)window.Scored)))];
    }
}
