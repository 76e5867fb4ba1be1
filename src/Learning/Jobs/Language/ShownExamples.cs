using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Examples before a text: each as a model is tuned on it, and an empty line after each.</summary>
internal static class ShownExamples
{
    private const string _separator = "\n\n";

    /// <summary>What stands before each text; empty where nothing is shown.</summary>
    /// <exception cref="DataException">There are fewer examples than are to be shown, or they cannot be.</exception>
    public static string Text(JobContext context, FewShot? shown)
    {
        if (shown is null) return "";
        var texts = context.ReadTexts(shown.Data);
        if (texts.Records.Count < shown.Count) throw new DataException($"fewShot shows {shown.Count} examples, and there are {texts.Records.Count}.");
        var drawn = SplitMix64.Stream(shown.Seed, RandomPurpose.FewShot).Permutation(texts.Records.Count).Take(shown.Count);
        return string.Concat(drawn.Select(number => Written(texts.Records[number], texts.Labels) + _separator));
    }

    private static string Written(TextRecord record, LabelNames? labels) => record switch
    {
        PlainText text => text.Text,
        PromptResponse pair => $"{pair.Prompt}\n{pair.Response}",
        LabelledText text => $"{text.Text}\n{labels!.Names[labels.IndexOf(text)]}",
        TemplatedText text => text.Rendering.Text,
        _ => throw record.Place.Error("a record of this format cannot be shown as an example."),
    };
}
