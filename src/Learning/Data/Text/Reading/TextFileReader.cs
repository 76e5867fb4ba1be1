using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>Reads the records of one kind of file.</summary>
/// <param name="file">Names the file in errors.</param>
/// <param name="stream">Unpacked.</param>
/// <param name="wanted">The fields that every record must have, by the file's names.</param>
/// <param name="plainText">What a record of plain text is.</param>
/// <param name="maxRecordBytes">A longer record is refused.</param>
internal delegate IEnumerable<DataRow> TextFileReader(string file, Stream stream, IReadOnlyCollection<string> wanted, PlainTextRecords plainText, int maxRecordBytes);
