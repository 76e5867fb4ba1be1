using Ptune.Contracts.Artifacts;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Transfer;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.Prt.Bench;

/// <summary>Inference of the port (target and reward) and of emulated fine-tuning (target, tuned source and source) against the bare target, for every pair.</summary>
internal static class Inference
{
    private const int _batch = 256;

    public static void Report()
    {
        using var examples = new ExampleTensors(SyntheticImages.Of(_batch), CPU);
        using var scope = NewDisposeScope();
        var images = examples.Images(0, _batch);
        Console.WriteLine($"inference / bare target, batch {_batch}, {InferenceTiming.Rounds} rounds: median (standard deviation); parameters held in brackets");
        foreach (var (sourceName, source) in Networks.All)
        {
            foreach (var (targetName, target) in Networks.All)
            {
                using Ptune.Learning.Models.ImageClassifier t = Networks.Fresh(target, 1), r = Networks.Fresh(source, 2), tuned = Networks.Fresh(source, 3), s = Networks.Fresh(source, 4);
                var times = InferenceTiming.Measure(
                    images, t.Forward, new PortedClassifier(t, (r, 1)).Forward, new EmulatedClassifier(t, tuned, s).Forward, TimeProvider.System, CancellationToken.None);
                double bare = t.Parameters.Count, extra = r.Parameters.Count;
                Console.WriteLine(
                    $"  {sourceName} -> {targetName}   bare {times[MetricNames.CostBareSeconds] * 1000:F2} ms   "
                    + $"port {times[MetricNames.CostPorted]:F2} ({times[MetricNames.CostPortedSpread]:F2}) [{(bare + extra) / bare:F2}]   "
                    + $"EFT {times[MetricNames.CostEft]:F2} ({times[MetricNames.CostEftSpread]:F2}) [{(bare + extra + extra) / bare:F2}]");
            }
        }
    }
}
