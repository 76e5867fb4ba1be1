namespace Ptune.Learning.Data.Text.Reading;

/// <summary>What a record of plain text is.</summary>
internal enum PlainTextRecords
{
    File,
    Paragraph,
    Line,
}
