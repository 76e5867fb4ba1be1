using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Forms;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text;

/// <summary>
/// Reads the records of a text data set, one at a time, so that memory does not grow with the data. A record that is not as the format
/// says ends the reading: none is left out in silence.
/// </summary>
internal static class TextRecords
{
    /// <param name="source">What to read.</param>
    /// <param name="counts">What was found is added to it.</param>
    /// <exception cref="DataException">A file is missing or damaged, or a record is wrong; file and line are named.</exception>
    public static IEnumerable<TextRecord> Read(TextSource source, TextCounts? counts = null)
    {
        counts ??= new TextCounts();
        if (source.Format == TextFormat.MultipleChoice && source.Answers is null && source.Template is null)
            source = source with { Answers = MultipleChoiceForm.Meaning(source.Files.SelectMany(file => Rows(source, TextForm.Of(source), file))) };
        var form = TextForm.Of(source);
        CheckNames(source, form);
        foreach (var file in source.Files)
        {
            long before = counts.Records + counts.LeftOutEmpty;
            foreach (var row in Rows(source, form, file))
            {
                var record = form.Read(row);
                if (record.EmptyField is { } empty)
                {
                    if (!source.LeaveEmptyOut) throw record.Place.Error($"{Name(source, record, empty)} is empty, so there is nothing to train. Remove the record, or have empty ones left out.");
                    counts.LeftOutEmpty++;
                    continue;
                }

                counts.Records++;
                if (record is Conversation { EndsWithoutAnswer: true }) counts.EndWithoutAnswer++;
                yield return record;
            }

            if (counts.Records + counts.LeftOutEmpty == before) throw new DataException($"{file.Name}: there is no record in it.");
        }
    }

    private static string Name(TextSource source, TextRecord record, string field) =>
        record is Conversation ? $"a message of the role '{source.Fields.GetValueOrDefault(field, field)}'" : $"'{source.Fields.GetValueOrDefault(field, field)}'";

    private static IEnumerable<FormRow> Rows(TextSource source, TextForm form, TextFile file)
    {
        var wanted = form.Fields.Select(field => source.Fields.GetValueOrDefault(field, field)).Distinct(StringComparer.Ordinal).ToList();
        return TextFileRows.Read(file, wanted, source.PlainText, source.MaxRecordBytes).Select(row => new FormRow(row, source.Fields));
    }

    private static void CheckNames(TextSource source, TextForm form)
    {
        string[] known = [.. form.Fields, .. form.InnerNames];
        if (source.Fields.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new DataException($"fields: '{unknown}' is unknown in this format. Known: {string.Join(", ", known)}.");
    }
}
