namespace Ptune.Learning.Models.Language;

/// <summary>The layers of one block of a <see cref="Decoder"/>.</summary>
/// <param name="Number">From 0.</param>
/// <param name="QueryScale">What queries are multiplied by, beside the division of scores by the root of the head's width.</param>
internal sealed record DecoderBlock(int Number, double QueryScale, Normalization AttentionNorm, Linear Output, Normalization MlpNorm, Linear Up, Linear Down)
{
    /// <summary>Queries, keys and values as one layer; null: they are three.</summary>
    public Linear? Packed { get; init; }

    public Linear? Query { get; init; }

    public Linear? Key { get; init; }

    public Linear? Value { get; init; }

    public Normalization? QueryNorm { get; init; }

    public Normalization? KeyNorm { get; init; }

    public Linear? Gate { get; init; }

    /// <summary>Whether something in it is trained.</summary>
    public bool IsTrained =>
        new[] { Packed, Query, Key, Value, Output, Gate, Up, Down }.Any(layer => layer?.IsTrained == true)
        || new[] { AttentionNorm, QueryNorm, KeyNorm, MlpNorm }.Any(norm => norm?.IsTrained == true);
}
