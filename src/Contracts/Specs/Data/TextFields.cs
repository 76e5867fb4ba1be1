namespace Ptune.Contracts.Specs;

/// <summary>The fields that records of a format have.</summary>
public static class TextFields
{
    public static IReadOnlyList<string> Of(TextFormat format) => format switch
    {
        TextFormat.PromptResponse => ["prompt", "response"],
        TextFormat.Messages => ["messages"],
        TextFormat.TextLabel => ["text", "label"],
        TextFormat.MultipleChoice => ["question", "choices", "answer"],
        TextFormat.Preference => ["prompt", "chosen", "rejected"],
        TextFormat.Text => ["text"],
        _ => TextFormats.Added(format)?.Fields ?? [],
    };
}
