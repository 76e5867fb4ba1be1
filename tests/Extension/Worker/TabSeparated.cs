using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Reading;

namespace Ptune.Fixtures.Extension;

/// <summary>Files whose first line names the columns, with tabs between values.</summary>
internal static class TabSeparated
{
    public const string Ending = ".tsv";

    public static IEnumerable<DataRow> Read(string file, Stream stream, IReadOnlyCollection<string> wanted, PlainTextRecords plainText, int maxRecordBytes)
    {
        using var lines = new StreamReader(stream);
        string[] names = lines.ReadLine()!.Split('\t');
        for (long number = 2; lines.ReadLine() is { } line; number++)
        {
            string[] values = line.Split('\t');
            yield return new DataRow(new RecordPlace(file, "line", number), wanted.ToDictionary(name => name, name => DataValue.Of(values[Array.IndexOf(names, name)])));
        }
    }
}
