namespace Ptune.Learning.Data.Text.Records;

/// <summary>A text by itself.</summary>
internal sealed record PlainText(string Text) : TextRecord
{
    public override IEnumerable<string> Content => [Text];

    public override string? EmptyField => string.IsNullOrWhiteSpace(Text) ? "text" : null;
}
