using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Splitting;

namespace Ptune.Learning.Data.Text;

/// <summary>The records that a <see cref="DataSpec"/> of texts names: those of a split, in the data set's order.</summary>
/// <param name="Records">Its first ones, where the spec says how many.</param>
/// <param name="Splits">The split of every record of the data set.</param>
/// <param name="Counts">What reading the whole data set found.</param>
/// <param name="Labels">The output space of labelled texts; null for others.</param>
/// <param name="Fingerprint">Digest of what decides the records and their encoding.</param>
internal sealed record TextSelection(IReadOnlyList<TextRecord> Records, TextSplits Splits, TextCounts Counts, LabelNames? Labels, string Fingerprint)
{
    /// <param name="spec">With its defaults filled in.</param>
    /// <param name="files">Where the files come from.</param>
    /// <exception cref="DataException">The data set is missing, is another one, is damaged, or has no record in the split.</exception>
    public static TextSelection Read(DataSpec spec, DatasetFiles files)
    {
        var dataset = TextOf(spec);
        var source = new TextSource([.. dataset.Files.Select(file => new TextFile(files.Find(dataset, file), Path.GetFileName(file.Path)))], dataset.Format)
        {
            Fields = dataset.Fields ?? [],
            PlainText = dataset.Records ?? PlainTextRecords.File,
            // Messages are rendered by the model's template, or by this one in its place.
            Template = dataset.Shape == TextFormat.Messages ? null : dataset.Template,
            LeaveEmptyOut = dataset.DropEmpty ?? false,
        };
        double[] shares = spec.Splits.Shares ?? throw new DataException("data.splits.shares is missing.");
        var counts = new TextCounts();
        // Read twice, so that only what is used is held.
        var splits = TextSplits.Of(TextRecords.Read(source, counts), new SplitShares(shares[0], shares[1], shares[2]), spec.Splits.Seed, spec.Splits.By == SplitBy.Content);
        var wanted = splits.IndexesOf(spec.Split, spec.Count).ToHashSet();
        var records = TextRecords.Read(source).Where((_, number) => wanted.Contains(number)).ToList();
        return new TextSelection(records, splits, counts, LabelsOf(dataset, source), Digest.Of(CanonicalJson.Of(spec)));
    }

    /// <exception cref="DataException">These are images.</exception>
    public static TextDatasetSpec TextOf(DataSpec spec) =>
        spec.Dataset as TextDatasetSpec ?? throw new DataException($"Data set '{spec.Dataset.Name}': these are images, and this job reads texts.");

    private static LabelNames? LabelsOf(TextDatasetSpec dataset, TextSource source)
    {
        if (dataset.Shape != TextFormat.TextLabel) return null;
        return dataset.Labels is { } named ? new LabelNames(named) : LabelNames.Of(TextRecords.Read(source).OfType<LabelledText>());
    }
}
