using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Splitting;

namespace Ptune.Learning.Tests.Data.Text;

public sealed class TextSplitsTests
{
    /// <summary>A text lies in one split, whatever data set it is in; sizes are near the shares.</summary>
    [Fact]
    public void Of_ByContent_PutsATextIntoTheSameSplitOfEveryDataSet()
    {
        var (all, some) = (Numbered(3000).ToList(), Numbered(3000).Where((_, i) => i % 3 == 1).ToList());

        var (whole, part) = (TextSplits.Of(all, _shares, 1, byContent: true), TextSplits.Of(some, _shares, 1, byContent: true));

        Assert.All(Enumerable.Range(0, some.Count), i => Assert.Equal(whole[(3 * i) + 1], part[i]));
        Assert.Contains(Enumerable.Range(0, some.Count), i => TextSplits.Of(all, _shares, 1)[(3 * i) + 1] != TextSplits.Of(some, _shares, 1)[i]);
        Assert.InRange(whole.Size(Split.Tuning) / 3000.0, _shares.Tuning - 0.03, _shares.Tuning + 0.03);
        Assert.InRange(whole.Size(Split.Test) / 3000.0, _shares.Test - 0.03, _shares.Test + 0.03);
        Assert.Contains(Enumerable.Range(0, all.Count), i => TextSplits.Of(all, _shares, 2, byContent: true)[i] != whole[i]);
    }

    private static readonly Split[] _order = [Split.Tuning, Split.Validation, Split.Test];
    private static readonly JsonNode _expected = DataFixture.Expected["splits"]!;
    private static readonly SplitShares _shares = Shares(_expected["shares"]!.AsArray());

    [Fact]
    public void Of_EqualAfterNfcAndTrimming_IsOneContent()
    {
        var expected = DataFixture.Expected["duplicates"]!["nfc_and_trim"]!;
        var records = TextRecords.Read(DataFixture.Source("text", DataFixture.PathOf("duplicates.jsonl"))).ToList();

        var keys = records.Select(ContentKey.Of).ToList();

        Assert.Equal(expected["first_equal"]!.AsArray().Select(index => index!.GetValue<int>()), keys.Select(key => keys.IndexOf(key)));
        Assert.Equal(expected["kept"]!.GetValue<int>(), TextSplits.Of(records, _shares, 1).Distinct);
    }

    [Fact]
    public void IndexesOf_Count_AreTheFirstOfTheSplit()
    {
        var records = TextRecords.Read(DataFixture.Source("text", DataFixture.PathOf("duplicates.jsonl"))).ToList();
        var splits = TextSplits.Of(records, _shares, 1);
        int[] all = [.. Enumerable.Range(0, records.Count).Where(record => splits[record] == Split.Tuning)];

        Assert.Equal(all, splits.IndexesOf(Split.Tuning));
        Assert.Equal(all[..2], splits.IndexesOf(Split.Tuning, 2));
        Assert.Equal(all, splits.IndexesOf(Split.Tuning, all.Length));
        Assert.Contains($"has {all.Length}", Assert.Throws<DataException>(() => splits.IndexesOf(Split.Tuning, all.Length + 1)).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => splits.IndexesOf(Split.Tuning, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_Duplicates_NeverCrossASplit(long seed)
    {
        var facts = _expected["duplicates_file"]!;
        int largest = facts["largest_group"]!.GetValue<int>();
        var records = TextRecords.Read(DataFixture.Source("text", DataFixture.PathOf("duplicates.jsonl"))).ToList();

        var splits = TextSplits.Of(records, _shares, seed);

        Assert.All(records.Select((record, index) => (Key: ContentKey.Of(record), Split: splits[index])).GroupBy(pair => pair.Key), group => Assert.Single(group.Select(pair => pair.Split).Distinct()));
        Assert.Equal(records.Count, _order.Sum(splits.Size));
        Assert.All(_order.Zip(_shares.Sizes(records.Count)), pair => Assert.InRange(splits.Size(pair.First), 0, pair.Second + largest - 1));
    }

    [Fact]
    public void Of_DistinctTexts_GivesTheSharesSizes()
    {
        foreach (var example in _expected["sizes_of_distinct_texts"]!.AsArray())
        {
            var splits = TextSplits.Of(Numbered(example!["records"]!.GetValue<int>()), _shares, 7);

            Assert.Contains(example["sizes"]!.AsArray(), sizes => sizes!.AsArray().Select(size => size!.GetValue<long>()).SequenceEqual(_order.Select(splits.Size)));
        }
    }

    [Fact]
    public void Of_SameRecordsInOtherFiles_SplitsThemAlike()
    {
        var files = DataFixture.Expected["shapes"]!["text"]!["files"]!.AsArray().Select(file => file!.GetValue<string>()).Where(file => !file.Contains("/parts/"));

        var splits = files.Select(file => Of(TextSplits.Of(TextRecords.Read(DataFixture.Source("text", DataFixture.PathOf(file))), _shares, 5))).ToList();

        Assert.All(splits, split => Assert.Equal(splits[0], split));
    }

    [Fact]
    public void Of_AnotherSeed_GivesOtherSplits()
    {
        Assert.Equal(Of(TextSplits.Of(Numbered(40), _shares, 1)), Of(TextSplits.Of(Numbered(40), _shares, 1)));
        Assert.NotEqual(Of(TextSplits.Of(Numbered(40), _shares, 1)), Of(TextSplits.Of(Numbered(40), _shares, 2)));
    }

    [Fact]
    public void Require_EmptySplit_NamesItAndTheNumberOfRecords()
    {
        var splits = TextSplits.Of(Numbered(3), _shares, 1);

        var error = Assert.Throws<DataException>(() => splits.Require(Split.Test));

        Assert.Contains("test", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 records", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.05, 0.9, 0.05, 1, new long[] { 1, 0, 0 })]
    [InlineData(0.05, 0.9, 0.05, 2, new long[] { 1, 1, 0 })]
    [InlineData(0.5, 0.25, 0, 8, new long[] { 4, 2, 0 })]
    [InlineData(0, 0, 1, 5, new long[] { 0, 0, 5 })]
    [InlineData(0.7, 0.2, 0.1, 10, new long[] { 7, 2, 1 })]
    public void Sizes_AnyShares_NeverLeaveTuningEmpty(double tuning, double validation, double test, long records, long[] sizes) =>
        Assert.Equal(sizes, new SplitShares(tuning, validation, test).Sizes(records));

    [Theory]
    [InlineData(0.9, 0.2, 0)]
    [InlineData(-0.1, 0.5, 0.5)]
    [InlineData(double.NaN, 0.5, 0.5)]
    public void Sizes_NoShares_AreRefused(double tuning, double validation, double test) =>
        Assert.Throws<DataException>(() => new SplitShares(tuning, validation, test).Sizes(10));

    private static SplitShares Shares(JsonArray shares) => new(shares[0]!.GetValue<double>(), shares[1]!.GetValue<double>(), shares[2]!.GetValue<double>());

    private static IEnumerable<Split?> Of(TextSplits splits) => Enumerable.Range(0, splits.Records).Select(index => splits[index]).ToList();

    private static IEnumerable<TextRecord> Numbered(int count) =>
        Enumerable.Range(1, count).Select(number => new PlainText($"text {number}") { Place = new RecordPlace("numbered", "line", number) });
}
