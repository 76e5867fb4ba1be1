namespace Ptune.Learning.Tokenization;

/// <summary>A part of an encoded pair: one of its two texts, or control tokens.</summary>
/// <param name="Text">0 or 1: which text; null: control tokens.</param>
/// <param name="Ids">The control tokens.</param>
/// <param name="TypeId">The part's type id, which BERT sees.</param>
internal sealed record PairPart(int? Text, int[] Ids, int TypeId);
