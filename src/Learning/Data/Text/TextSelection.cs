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
    /// <param name="keep">Keeps the splits, so that another job on them need not read all records; null: they are not kept.</param>
    /// <param name="atMost">Whether a split of fewer records than the spec's count is taken whole.</param>
    /// <exception cref="DataException">The data set is missing, is another one, is damaged, or has no record in the split.</exception>
    public static TextSelection Read(DataSpec spec, DatasetFiles files, KeepNumbers? keep = null, bool atMost = false)
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
        var all = keep is null ? ReadAll(spec, source) : ReadTexts.Read(keep(Key(spec, dataset), () => ReadAll(spec, source).Packed()));
        // Read again, so that only what is used is held.
        var wanted = all.Splits.IndexesOf(spec.Split, spec.Count, atMost).ToHashSet();
        var records = TextRecords.Read(source).Take(wanted.Max() + 1).Where((_, number) => wanted.Contains(number)).ToList();
        return new TextSelection(records, all.Splits, all.Counts, all.Labels is null ? null : new LabelNames(all.Labels), Digest.Of(CanonicalJson.Of(spec)));
    }

    /// <exception cref="DataException">These are images.</exception>
    public static TextDatasetSpec TextOf(DataSpec spec) =>
        spec.Dataset as TextDatasetSpec ?? throw new DataException($"Data set '{spec.Dataset.Name}': these are images, and this job reads texts.");

    private static ReadTexts ReadAll(DataSpec spec, TextSource source)
    {
        double[] shares = spec.Splits.Shares ?? throw new DataException("data.splits.shares is missing.");
        var counts = new TextCounts();
        var splits = TextSplits.Of(TextRecords.Read(source, counts), new SplitShares(shares[0], shares[1], shares[2]), spec.Splits.Seed, spec.Splits.By == SplitBy.Content);
        return new ReadTexts(splits, counts, LabelsOf(TextOf(spec), source));
    }

    // Another build of this code may read or split the same files otherwise, and the ending of a file's name says how it is read.
    private static string Key(DataSpec spec, TextDatasetSpec dataset) => Digest.Hex(Digest.Of(string.Join('\n',
        [$"{typeof(TextSelection).Assembly.ManifestModule.ModuleVersionId}", CanonicalJson.Of(spec.Splits), CanonicalJson.Of(dataset), .. dataset.Files.Select(file => Path.GetFileName(file.Path))])));

    private static IReadOnlyList<string>? LabelsOf(TextDatasetSpec dataset, TextSource source) => dataset.Shape != TextFormat.TextLabel
        ? null
        : dataset.Labels ?? LabelNames.Of(TextRecords.Read(source).OfType<LabelledText>()).Names;
}
