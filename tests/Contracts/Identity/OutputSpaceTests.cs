using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Tests.Identity;

public sealed class OutputSpaceTests
{
    [Fact]
    public void OfTokens_AnyOrder_IsOneFingerprint()
    {
        var there = OutputSpace.OfTokens([new("a", 0), new("b", 1), new("<end>", 2)]);
        Assert.Equal(there, OutputSpace.OfTokens([new("<end>", 2), new("a", 0), new("b", 1)]));
        // The numbers are stored in manifests: they may never change.
        Assert.Equal("sha256:cc8a37ff", there[..15]);
    }

    [Fact]
    public void OfTokens_OtherIdsOrNames_IsAnotherFingerprint()
    {
        string[] all =
        [
            OutputSpace.OfTokens([new("a", 0), new("b", 1)]),
            OutputSpace.OfTokens([new("a", 1), new("b", 0)]),
            OutputSpace.OfTokens([new("a", 0), new("b", 2)]),
            OutputSpace.OfTokens([new("a", 0), new("b", 1), new("c", 2)]),
            OutputSpace.OfTokens([new("a\n1 1 b", 0)]),
            OutputSpace.OfLabels(["a", "b"]),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }
}
