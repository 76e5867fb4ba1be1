using Ptune.Learning.Generation;
using Ptune.Learning.Models.Language;
using Ptune.Tensors.Bench;

namespace Ptune.PrtLanguage.Bench;

/// <summary>New tokens of a target alone, with a reward, and with the two models of emulated fine-tuning.</summary>
internal static class DecodeCost
{
    private const int _prompt = 64;
    private const int _new = 32;

    public static void Report(string title, DecoderConfig large, DecoderConfig small, int rounds)
    {
        using var target = Llama.Frozen(large, 1);
        using var reward = Llama.Frozen(small, 2);
        using var source = Llama.Frozen(small, 3);
        var (tuned, before) = (Carrying.Network(reward, "", null), Carrying.Network(source, "", null));
        using var bare = new ModelScorer(target);
        using var port = new PortedScorer(new ModelScorer(target), 1, null, [Carrying.Of(tuned, 1)]);
        using var eft = new PortedScorer(new ModelScorer(target), 1, null, [Carrying.Of(tuned, 1), Carrying.Of(before, -1)]);
        var seconds = Interleaved.Measure(rounds, 1, () => Decode(bare), () => Decode(port), () => Decode(eft));
        Console.WriteLine(
            $"{title} ({target.Parameters.Count:N0} and {reward.Parameters.Count:N0} parameters): bare {Spread.Of(seconds[0]).ToString(1000.0 / _new, "F1")} ms a token; with a reward / bare {Spread.OfRatios(seconds[1], seconds[0])}, "
            + $"EFT / bare {Spread.OfRatios(seconds[2], seconds[0])}, with a reward / EFT {Spread.OfRatios(seconds[1], seconds[2])}");
    }

    // Of the processor: from the prompt to the last token.
    private static double Decode(ITokenScorer scorer)
    {
        long[] prompt = [.. Texts.Of(1, _prompt, scorer.Vocabulary)[0].Ids.Select(id => (long)id)];
        var begun = Environment.CpuUsage.TotalTime;
        var (first, last) = (begun, begun);
        new TextGenerator(scorer).Generate(new GenerationRequest
        {
            Prompts = [prompt],
            MaxTokens = _new + 1,
            Sampling = new SamplingOptions { Temperature = 0 },
            Ends = new HashSet<long>(),
            OnToken = (_, _) =>
            {
                last = Environment.CpuUsage.TotalTime;
                if (first == begun) first = last;
                return false;
            },
        });
        return (last - first).TotalSeconds;
    }
}
