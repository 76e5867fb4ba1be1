using Ptune.Contracts.Artifacts;
using Ptune.Learning.Evaluation.Language;

namespace Ptune.Learning.Tests.Evaluation.Language;

public sealed class AnswerRiskTests
{
    [Fact]
    public void Add_TwoLabels_GivesTheDefinitions()
    {
        // Scores up to a constant: 0.8 and 0.2, 0.5 and 0.5; the reward makes the second label twice as likely.
        double[][] source = [[Math.Log(0.8) + 7, Math.Log(0.2) + 7]], target = [[3, 3]], carried = [[0, Math.Log(2)]];
        double[][] after = [[3, 3 + Math.Log(2)]];
        var metrics = new Dictionary<string, double>();

        AnswerRisk.Add(metrics, source, target, after, carried);

        Assert.Equal((0.8 * Math.Log(0.8 / 0.5)) + (0.2 * Math.Log(0.2 / 0.5)), metrics[MetricNames.KlFromSource], 1e-12);
        Assert.Equal(((1 / 3.0) * Math.Log(1 / 1.5)) + ((2 / 3.0) * Math.Log(2 / 1.5)), metrics[MetricNames.KlMoved], 1e-12);
        Assert.Equal(2 / ((0.8 * 1) + (0.2 * 2)), metrics[MetricNames.CMean], 1e-12);
        Assert.Equal(1, metrics[MetricNames.RiskPositions]);
    }
}
