using System.Text;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>One of the choices of a question.</summary>
/// <param name="Ids">Its tokens, the space before it included; at least one.</param>
/// <param name="Characters">Of its text without that space, in code points.</param>
/// <param name="Bytes">As before, in UTF-8.</param>
internal sealed record Choice(int[] Ids, int Characters, int Bytes)
{
    public static Choice Of(int[] ids, string text) => new(ids, text.EnumerateRunes().Count(), Encoding.UTF8.GetByteCount(text));

    /// <summary>What a rule compares.</summary>
    /// <param name="logProbability">The sum over the tokens.</param>
    public double Value(ChoiceRule rule, double logProbability) => rule switch
    {
        ChoiceRule.Sum => logProbability,
        ChoiceRule.PerCharacter => logProbability / Characters,
        ChoiceRule.PerByte => logProbability / Bytes,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
