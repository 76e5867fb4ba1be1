using Ptune.Contracts.Artifacts;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Evaluation;

/// <summary>
/// The cost of inference relative to the bare target: each round times all three on the same batch, one after the other, so that
/// whatever else the machine does falls on all; the order turns from round to round.
/// </summary>
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
        Func<Tensor, Tensor>[] contenders = [bare, ported, eft];
        double[][] seconds = [new double[Rounds], new double[Rounds], new double[Rounds]];
        for (int round = -_warmups; round < Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            for (int turn = 0; turn < contenders.Length; turn++)
            {
                int which = (turn + round + (contenders.Length * _warmups)) % contenders.Length;
                double elapsed = Time(images, contenders[which], time);
                if (round >= 0) seconds[which][round] = elapsed;
            }
        }

        double[] portRatios = Ratios(seconds[1], seconds[0]), eftRatios = Ratios(seconds[2], seconds[0]);
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

    private static double Time(Tensor images, Func<Tensor, Tensor> classifier, TimeProvider time)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        long start = time.GetTimestamp();
        // The copy to the host waits for the device.
        classifier(images).cpu();
        return time.GetElapsedTime(start).TotalSeconds;
    }

    private static double[] Ratios(double[] numerators, double[] denominators) =>
        [.. numerators.Zip(denominators, (n, d) => d > 0 ? n / d : 0)];
}
