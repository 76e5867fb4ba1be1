using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>A part of a text that a model reads at once.</summary>
/// <param name="Ids">What it reads, and the last token that it predicts.</param>
/// <param name="Scored">So many tokens at the end are scored, each given those before it in the window.</param>
internal sealed record TokenWindow(int[] Ids, int Scored)
{
    /// <summary>As a row whose trained tokens are the scored ones.</summary>
    public EncodedExample Row => new(Ids, [.. Enumerable.Range(0, Ids.Length).Select(token => token >= Ids.Length - Scored)]);
}
