using Ptune.Learning.Jobs.Language;

namespace Ptune.Fixtures.Extension;

/// <summary>Judges <see cref="KnownTextsTask"/>.</summary>
internal static class KnownTexts
{
    public static Judgement Judge(JudgedTexts asked, KnownTextsTask task) => Judgement.OfRight(new Dictionary<string, IReadOnlyList<bool>>
    {
        ["known"] = [.. TextLikelihood.Score(asked.Subject, asked.Texts, asked.Data, window: null).Select(text => text.Value < task.Bits)],
    });
}
