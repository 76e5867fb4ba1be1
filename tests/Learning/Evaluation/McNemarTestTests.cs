using Ptune.Learning.Evaluation;

namespace Ptune.Learning.Tests.Evaluation;

public sealed class McNemarTestTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(0, 5, 2.0 / 32)]                                   // 2 C(5,0) / 2^5
    [InlineData(1, 9, 2 * (1 + 10) / 1024.0)]                      // 2 (C(10,0) + C(10,1)) / 2^10
    [InlineData(9, 1, 2 * (1 + 10) / 1024.0)]
    [InlineData(12, 3, 2 * (1 + 15 + 105 + 455) / 32768.0)]        // 2 (C(15,0) + ... + C(15,3)) / 2^15
    public void PValue_ByHand_IsTheExactBinomial(int b, int c, double expected) => Assert.Equal(expected, McNemarTest.PValue(b, c), 12);

    [Fact]
    public void PValue_ThousandsOfPairs_NeitherUnderflowsNorRounds()
    {
        // Against the normal approximation with continuity correction, which is good here: z = 99 / sqrt(2000) = 2.2137.
        Assert.Equal(0.02685, McNemarTest.PValue(1050, 950), 1e-4);
        Assert.InRange(McNemarTest.PValue(400, 800), double.Epsilon, 1e-25);
    }

    [Fact]
    public void Of_PairedPredictions_CountsOnlyTheDisagreements()
    {
        var first = new CorrectPredictions([true, true, true, false, false, true]);
        var second = new CorrectPredictions([true, false, false, false, true, false]);
        var test = McNemarTest.Of(first, second);
        Assert.Equal((3, 1), (test.B, test.C));
        Assert.Equal(2 * (1 + 4) / 16.0, test.P, 12);
    }
}
