using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Tests.Identity;

public sealed class OutputSpaceTests
{
    [Fact]
    public void OfTokens_AnyOrder_IsOneFingerprint()
    {
        var there = OutputSpace.OfTokens([(0, "a"), (1, "b"), (2, "<end>")]);
        Assert.Equal(there, OutputSpace.OfTokens([(2, "<end>"), (0, "a"), (1, "b")]));
        // The numbers are stored in manifests: they may never change.
        Assert.Equal("sha256:9ae3a397", there[..15]);
    }

    [Fact]
    public void OfTokens_OtherIdsOrNames_IsAnotherFingerprint()
    {
        string[] all =
        [
            OutputSpace.OfTokens([(0, "a"), (1, "b")]),
            OutputSpace.OfTokens([(1, "a"), (0, "b")]),
            OutputSpace.OfTokens([(0, "a"), (2, "b")]),
            OutputSpace.OfTokens([(0, "a"), (1, "b"), (2, "c")]),
            OutputSpace.OfTokens([(0, "a\n1 1 b")]),
            OutputSpace.OfLabels(["a", "b"]),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }
}
