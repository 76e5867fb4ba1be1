namespace Ptune.Contracts.Specs;

/// <summary>What a record of plain text is.</summary>
public enum PlainTextRecords
{
    File,
    Paragraph,
    Line,
}
