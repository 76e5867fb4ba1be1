using Ptune.Contracts.Artifacts;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Evaluation;

/// <summary>The cost of inference relative to the bare target, on one batch of images.</summary>
internal static class InferenceTiming
{
    public const int Rounds = 30;

    private const int _warmups = 3;

    /// <summary>Median and spread of the paired ratios, by the names of <see cref="MetricNames"/>.</summary>
    /// <param name="images">[batch, 1, h, w].</param>
    /// <param name="bare">The target alone.</param>
    /// <param name="ported">Target and reward.</param>
    /// <param name="eft">Target, tuned source and source.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the rounds.</param>
    public static SortedDictionary<string, double> Measure(
        Tensor images, Func<Tensor, Tensor> bare, Func<Tensor, Tensor> ported, Func<Tensor, Tensor> eft, TimeProvider time, CancellationToken stop)
    {
        Action[] contenders = [.. new[] { bare, ported, eft }.Select(classifier => (Action)(() => Classify(images, classifier)))];
        double[][] seconds = PairedTiming.Measure(contenders, (Rounds, Rounds), _warmups, enough: null, time, stop);
        double[] portRatios = PairedTiming.Ratios(seconds[1], seconds[0]), eftRatios = PairedTiming.Ratios(seconds[2], seconds[0]);
        return new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.CostBareSeconds] = Statistics.Median(seconds[0]),
            [MetricNames.CostPorted] = Statistics.Median(portRatios),
            [MetricNames.CostPortedSpread] = Statistics.StandardDeviation(portRatios),
            [MetricNames.CostEft] = Statistics.Median(eftRatios),
            [MetricNames.CostEftSpread] = Statistics.StandardDeviation(eftRatios),
            [MetricNames.CostRounds] = Rounds,
        };
    }

    private static void Classify(Tensor images, Func<Tensor, Tensor> classifier)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        // The copy to the host waits for the device.
        classifier(images).cpu();
    }
}
