using System.Diagnostics;
using Ptune.Learning.Generation;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Decode.Bench;

/// <summary>The product's own way from a prompt to new tokens.</summary>
internal sealed class OurDecoder(ModelScorer scorer) : IDisposable
{
    private readonly SamplingOptions _greedy = new() { Temperature = 0 };

    /// <summary>The logits behind a prompt.</summary>
    public float[] Logits(int[] prompt)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Read(prompt).data<float>().ToArray();
    }

    public void Prefill(int[] prompt)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Read(prompt);
    }

    /// <summary>Generates, and gives the seconds from the first new token to the last.</summary>
    public double Generate(int[] prompt, int count)
    {
        long first = 0, last = 0;
        new TextGenerator(scorer).Generate(new GenerationRequest
        {
            Prompts = [[.. prompt.Select(id => (long)id)]],
            MaxTokens = count,
            Sampling = _greedy,
            Ends = [],
            OnToken = (_, _) =>
            {
                last = Stopwatch.GetTimestamp();
                if (first == 0) first = last;
                return false;
            },
        });
        return Stopwatch.GetElapsedTime(first, last).TotalSeconds;
    }

    public void Dispose() => scorer.Dispose();

    private Tensor Read(int[] prompt)
    {
        var tokens = tensor(prompt.Select(id => (long)id).ToArray(), [1, prompt.Length], ScalarType.Int64);
        scorer.Begin(1, prompt.Length);
        return scorer.Next(tokens, SequenceLayout.Of(tokens));
    }
}
