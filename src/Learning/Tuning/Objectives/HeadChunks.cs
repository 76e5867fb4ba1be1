using Ptune.Learning.Tensors;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>The sum of some terms, some rows at a time, so that tensors as wide as the vocabulary stay small.</summary>
internal static class HeadChunks
{
    /// <summary>So many logits are held at once: 32 MiB in f32.</summary>
    private const long _elements = 1L << 23;

    private const long _leastRows = 16;

    /// <summary>The first row of each chunk, and how many it has.</summary>
    /// <param name="rows">In all.</param>
    /// <param name="tensors">So many tensors as wide as the vocabulary are held at once.</param>
    public static IEnumerable<(long Begin, long Count)> Of(IReadOnlyList<HeadTerm> terms, long rows, int tensors = 1)
    {
        long size = Math.Max(_leastRows, _elements / tensors / terms[0].Weight.shape[0]);
        for (long begin = 0; begin < rows; begin += size) yield return (begin, Math.Min(size, rows - begin));
    }

    /// <summary>[count, V] f32, with the vocabulary of the first term: the sum of the terms for some rows.</summary>
    public static Tensor Logits(IReadOnlyList<HeadTerm> terms, long begin, long count)
    {
        Tensor? logits = null;
        foreach (var term in terms)
        {
            if (logits is null) logits = term.Logits(begin, count);
            else term.AddTo(logits, begin, count);
        }

        return logits!;
    }
}
