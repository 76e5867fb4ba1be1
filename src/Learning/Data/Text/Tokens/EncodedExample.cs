namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>An example as the loss sees it.</summary>
/// <param name="Ids">[tokens].</param>
/// <param name="Trained">[tokens]: whether the token is to be predicted from those before it. The first never is: nothing stands before it.</param>
internal sealed record EncodedExample(int[] Ids, bool[] Trained)
{
    /// <summary>
    /// UTF-8 bytes of the text that the trained tokens stand for, whatever the tokenizer is: what bits per byte divide by. The token that ends a text has none, nor have the parts of
    /// a chat template. Null: unknown, because the example is a part of one, or because a template's parts are trained.
    /// </summary>
    public int? Bytes { get; init; }

    /// <summary>A label that the loss does not see.</summary>
    public const int Ignored = -100;

    public int Length => Ids.Length;

    /// <summary>So many tokens the loss is a mean over.</summary>
    public int TrainedTokens => Trained.Skip(1).Count(trained => trained);

    /// <summary>The label of a token: its id, or <see cref="Ignored"/>.</summary>
    public int Label(int token) => token > 0 && Trained[token] ? Ids[token] : Ignored;

    /// <summary>A part of the tokens.</summary>
    public EncodedExample Slice(int begin, int length) =>
        length == Length ? this : new(Ids[begin..(begin + length)], Trained[begin..(begin + length)]);
}
