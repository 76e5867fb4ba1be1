namespace Ptune.Learning.Data.Text.Records;

/// <summary>A text and its class.</summary>
/// <param name="Text">What is classified.</param>
/// <param name="Label">The class's name, where the file has names.</param>
/// <param name="Index">The class's index, where the file has indexes.</param>
internal sealed record LabelledText(string Text, string? Label, long? Index) : TextRecord
{
    public override IEnumerable<string> Content => [Text];

    public override string? EmptyField => string.IsNullOrWhiteSpace(Text) ? "text" : null;
}
