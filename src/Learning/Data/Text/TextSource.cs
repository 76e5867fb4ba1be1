using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Reading;

namespace Ptune.Learning.Data.Text;

/// <summary>What to read, and how.</summary>
/// <param name="Files">Read one after the other as one data set.</param>
/// <param name="Format">What the records are.</param>
internal sealed record TextSource(IReadOnlyList<TextFile> Files, TextFormat Format)
{
    /// <summary>Our field names to the files', where they differ. For messages also role, content and the names of the roles.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>What a record of a .txt file is.</summary>
    public PlainTextRecords PlainText { get; init; } = PlainTextRecords.File;

    /// <summary>Default: found from all the records.</summary>
    public AnswerMeaning? Answers { get; init; }

    /// <summary>A Jinja template that makes a record's text of its fields. Default: none.</summary>
    public string? Template { get; init; }

    /// <summary>Leaves out, and counts, records with nothing to train. Default: they are refused.</summary>
    public bool LeaveEmptyOut { get; init; }

    /// <summary>A longer line is refused.</summary>
    public int MaxRecordBytes { get; init; } = TextFileRows.MaxRecordBytes;
}
