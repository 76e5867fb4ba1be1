using Ptune.Learning.Evaluation;
using Ptune.Learning.Transfer;

namespace Ptune.Learning.Tests.Evaluation;

public sealed class PortRiskTests
{
    [Fact]
    public void MeanKl_ByHand_IsTheMeanOverRows()
    {
        var source = LogProbs([0.5, 0.5], [0.9, 0.1]);
        var target = LogProbs([0.25, 0.75], [0.9, 0.1]);
        double first = (0.5 * Math.Log(0.5 / 0.25)) + (0.5 * Math.Log(0.5 / 0.75));
        Assert.Equal(first / 2, PortRisk.MeanKl(source, target), 6);
    }

    [Fact]
    public void MeanKl_LabelWithoutProbability_CountsNothing()
    {
        var source = new ScoreTable(1, 2, [0, float.NegativeInfinity]);
        Assert.Equal(Math.Log(2), PortRisk.MeanKl(source, LogProbs([0.5, 0.5])), 6);
    }

    [Fact]
    public void C_ByHand_IsTheLargestRatioToTheExpectation()
    {
        // e^r = 1, 3; E = 0.75 * 1 + 0.25 * 3 = 1.5; C = 2. Second row: r the same everywhere, C = 1.
        var source = LogProbs([0.75, 0.25], [0.5, 0.5]);
        var reward = new ScoreTable(2, 2, [0, MathF.Log(3), 7, 7]);
        var (mean, max) = PortRisk.C(source, reward, 1);
        Assert.Equal(1.5, mean, 5);
        Assert.Equal(2, max, 5);
    }

    [Fact]
    public void C_Lambda_DividesTheReward()
    {
        var source = LogProbs([0.75, 0.25]);
        Assert.Equal(2, PortRisk.C(source, new ScoreTable(1, 2, [0, 2 * MathF.Log(3)]), 2).Max, 5);
    }

    private static ScoreTable LogProbs(params double[][] rows) =>
        new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row.Select(p => (float)Math.Log(p)))]);
}
