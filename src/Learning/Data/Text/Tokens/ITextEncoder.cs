namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Texts to token ids, as training data need it.</summary>
internal interface ITextEncoder
{
    /// <summary>The id that ends a text.</summary>
    int EndOfText { get; }

    /// <summary>The ids of a text by itself: nothing is added, and what looks like a control token is text.</summary>
    int[] Encode(string text);
}
