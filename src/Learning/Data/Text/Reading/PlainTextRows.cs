using System.Text;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>Plain text in UTF-8: the whole file, each paragraph (separated by blank lines) or each line is a record with one field.</summary>
internal static class PlainTextRows
{
    /// <param name="file">Names the file in errors.</param>
    /// <param name="stream">Unpacked.</param>
    /// <param name="field">The name that the text gets.</param>
    /// <param name="unit">What a record is.</param>
    /// <param name="maxBytes">A longer line, or a record of more characters, is refused.</param>
    /// <exception cref="DataException">The text is not UTF-8, or a record is too long.</exception>
    public static IEnumerable<DataRow> Read(string file, Stream stream, string field, PlainTextRecords unit, int maxBytes)
    {
        var lines = new Utf8Lines(file, stream, maxBytes);
        var pending = new StringBuilder();
        RecordPlace? first = null;
        while (lines.Next())
        {
            string line = Encoding.UTF8.GetString(lines.Line.Span);
            // A carriage return before the line feed belongs to the end of the line. A whole file is taken as it is, but for its last line feed.
            if (unit != PlainTextRecords.File && line.EndsWith('\r')) line = line[..^1];
            bool isBlank = string.IsNullOrWhiteSpace(line);
            if (unit == PlainTextRecords.Line)
            {
                if (!isBlank) yield return Row(lines.Place, field, line);
                continue;
            }

            if (isBlank && unit == PlainTextRecords.Paragraph)
            {
                if (first is { } place) yield return Row(place, field, pending.ToString());
                (first, _) = (null, pending.Clear());
                continue;
            }

            if (first is null) first = lines.Place;
            else pending.Append('\n');
            pending.Append(line);
            if (pending.Length > maxBytes) throw first.Value.Error($"the {unit.ToString().ToLowerInvariant()} is longer than {maxBytes} characters.");
        }

        if (first is { } last) yield return Row(last, field, pending.ToString());
    }

    private static DataRow Row(RecordPlace place, string field, string text) =>
        new(place, new Dictionary<string, DataValue>(StringComparer.Ordinal) { [field] = DataValue.Of(text) });
}
