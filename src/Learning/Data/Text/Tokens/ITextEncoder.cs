using Ptune.Templates;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Texts to token ids, as training data need it.</summary>
internal interface ITextEncoder
{
    /// <summary>The id that ends a text.</summary>
    int EndOfText { get; }

    /// <summary>The ids of a text by itself: nothing is added, and what looks like a control token is text.</summary>
    int[] Encode(string text);

    /// <summary>The ids of a rendered text: a control token stands only where the template itself wrote it.</summary>
    /// <param name="rendering">The text.</param>
    /// <param name="generated">For each id whether it stands for a part of a generation block.</param>
    int[] Encode(Rendering rendering, out bool[] generated);
}
