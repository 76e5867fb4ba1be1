namespace Ptune.Learning.Data.Text.Reading;

/// <summary>One record of a file: the fields that were asked for, all of them, under the file's names.</summary>
internal sealed record DataRow(RecordPlace Place, IReadOnlyDictionary<string, DataValue> Fields);
