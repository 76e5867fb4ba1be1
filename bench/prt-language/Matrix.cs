using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Transfer.Language;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.PrtLanguage.Bench;

/// <summary>N rewards on N targets: each network's one pass over the texts and the products with the heads, against a pass of both networks for every cell.</summary>
internal static class Matrix
{
    public static void Report(string title, DecoderConfig config, int size, int rows, int rounds)
    {
        Decoder[] targets = [.. Enumerable.Range(0, size).Select(number => Llama.Frozen(config, number))], rewards = [.. Enumerable.Range(0, size).Select(number => Llama.Frozen(config, 100 + number))];
        var texts = Texts.Of(rows, 256, config.Vocabulary);
        double[] first = [], second = [];
        var seconds = Interleaved.Measure(rounds, 0, () => Time(() => first = Cells(targets, rewards, texts, null)), () => Passes(cache => second = Cells(targets, rewards, texts, cache)));
        if (!first.SequenceEqual(second)) throw new InvalidOperationException("The two ways give different figures.");
        foreach (var model in targets.Concat(rewards)) model.Dispose();
        double head = config.Vocabulary * config.Width, body = config.Parameters.Sum(parameter => parameter.Shape.Aggregate(1.0, (product, side) => product * side)) - head;
        Console.WriteLine(
            $"{title}, {size} x {size} on {rows * 256:N0} tokens, the head {head / (head + body):P0} of a pass: cell by cell {Spread.Of(seconds[0])} s, by passes {Spread.Of(seconds[1])} s, "
            + $"ratio {Spread.OfRatios(seconds[1], seconds[0]).ToString(1, "F3")} (passes alone {1.0 / size:F3})");
    }

    // With an empty cache each time, which goes with it.
    private static double Passes(Action<HiddenStateCache> work)
    {
        string folder = Directory.CreateTempSubdirectory("ptune-prt-language-").FullName;
        try
        {
            return Time(() => work(new HiddenStateCache(folder, 1L << 34, "bench")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Time(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>The log-probability of the texts in every cell.</summary>
    private static double[] Cells(Decoder[] targets, Decoder[] rewards, IReadOnlyList<EncodedExample> texts, HiddenStateCache? cache)
    {
        using var _ = no_grad();
        var found = new List<double>();
        foreach (var (target, t) in targets.Select((model, number) => (model, number)))
        {
            foreach (var (reward, r) in rewards.Select((model, number) => (model, number)))
            {
                var carried = Carrying.Of(Carrying.Network(reward, $"reward {r}", cache), 1);
                using var port = new PortedNetwork(Carrying.Network(target, $"target {t}", cache), 1, null, [carried]);
                found.Add(new SequenceScorer(port, pad: 0).Sums(texts).Sum());
                carried.Contract.Dispose();
            }
        }

        return [.. found];
    }
}
