using System.Text;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;

namespace Ptune.Learning.Tests.Data;

public sealed class SplitIndexTests
{
    private static readonly SplitsSpec _spec = new() { Seed = 7, Pretraining = 50, Tuning = 20, Validation = 25 };

    [Fact]
    public void Rows_OfTheTrainingFile_AreDisjointAndOfTheirSize()
    {
        var index = new SplitIndex(_spec, 100, 10);
        int[] pretraining = index.Rows(Split.Pretraining).ToArray();
        int[] tuning = index.Rows(Split.Tuning).ToArray();
        int[] validation = index.Rows(Split.Validation).ToArray();
        Assert.Equal((50, 20, 25), (pretraining.Length, tuning.Length, validation.Length));
        int[] all = [.. pretraining, .. tuning, .. validation];
        Assert.Equal(95, all.Distinct().Count());
        Assert.All(all, row => Assert.InRange(row, 0, 99));
    }

    [Fact]
    public void Rows_OfTest_AreTheTestFileInOrder() =>
        Assert.Equal(Enumerable.Range(0, 10), new SplitIndex(_spec, 100, 10).Rows(Split.Test).ToArray());

    [Fact]
    public void Rows_WithCount_AreTheFirstOnes()
    {
        var index = new SplitIndex(_spec, 100, 10);
        Assert.Equal(index.Rows(Split.Tuning)[..5].ToArray(), index.Rows(Split.Tuning, 5).ToArray());
    }

    [Fact]
    public void Rows_CountBeyondTheSplit_IsRefused()
    {
        var index = new SplitIndex(_spec, 100, 10);
        Assert.Contains("21 rows", Assert.Throws<DataException>(() => index.Rows(Split.Tuning, 21)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SplitsBeyondTheFile_AreRefused() =>
        Assert.Contains("95 rows", Assert.Throws<DataException>(() => new SplitIndex(_spec, 94, 10)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_DefaultSplitsOfTheMainJob_NeverChange()
    {
        // Computed with a Python program of its own from the definition. Another digest means that every stored result was made from other rows.
        var index = new SplitIndex(new SplitsSpec(), 60_000, 10_000);
        Assert.Equal("sha256:d643b57162a3e5841db017916d9594e806428e0df66dcfee581bd07e80cbb155", index.IndexDigest(Split.Pretraining));
        Assert.Equal("sha256:ff518a96875671216a86d9b6c20c4420587e39c14c42deca03ca390d50640e16", index.IndexDigest(Split.Tuning));
    }

    [Fact]
    public void IndexFile_OfTest_IsOneRowALine() =>
        Assert.Equal("0\n1\n2\n", Encoding.ASCII.GetString(new SplitIndex(_spec, 100, 3).IndexFile(Split.Test)));
}
