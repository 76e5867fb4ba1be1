using Ptune.Learning.Data;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>
/// Chooses the next token of each row. A row draws from a stream of its own (seed and row), so that its text depends neither on its neighbours nor on
/// how prompts are put into batches.
/// </summary>
internal sealed class Sampler
{
    private readonly SamplingOptions _options;
    private readonly Tensor? _forbidden; // [V] bool
    private readonly SplitMix64[] _streams;

    /// <param name="rows">The prompts' numbers.</param>
    /// <param name="forbidden">[V] bool: ids that no token has, and that are therefore never chosen; null: all ids have one.</param>
    public Sampler(SamplingOptions options, IReadOnlyList<int> rows, Tensor? forbidden = null)
    {
        options.Check();
        (_options, _forbidden) = (options, forbidden);
        _streams = [.. rows.Select(row => SplitMix64.Stream(options.Seed, RandomPurpose.SampleOf(row)))];
    }

    /// <summary>The next token of some rows.</summary>
    /// <param name="logits">[b, V], of any type.</param>
    /// <param name="rows">Which rows they are, by their place in the list given at the start.</param>
    /// <param name="seen">For each of them the tokens that stand in its text; no padding.</param>
    public long[] Next(Tensor logits, IReadOnlyList<int> rows, IReadOnlyList<IReadOnlyCollection<long>> seen)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var scores = Penalize(logits, seen);
        if (_options.Temperature == 0) return scores.argmax(-1).cpu().data<long>().ToArray();
        var kept = Cut(scores).cpu();
        return [.. rows.Select((row, at) => Draw(kept[at], ref _streams[row]))];
    }

    /// <summary>Logits [b, V] -> the probabilities that are drawn from, [b, V] f32.</summary>
    public Tensor Probabilities(Tensor logits, IReadOnlyList<IReadOnlyCollection<long>> seen)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Cut(Penalize(logits, seen)).MoveToOuterDisposeScope();
    }

    private Tensor Penalize(Tensor logits, IReadOnlyList<IReadOnlyCollection<long>> seen)
    {
        var scores = logits.to(ScalarType.Float32, copy: true);
        if (_options.RepetitionPenalty != 1)
        {
            for (int row = 0; row < seen.Count; row++)
            {
                var ids = tensor(seen[row].Distinct().ToArray(), ScalarType.Int64).to(scores.device);
                var own = scores[row];
                var before = own.index_select(0, ids);
                own.index_copy_(0, ids, where(before.Below(0), before.Times(_options.RepetitionPenalty), before.Over(_options.RepetitionPenalty)));
            }
        }

        return _forbidden is null ? scores : scores.MaskedFillInPlace(_forbidden, float.NegativeInfinity);
    }

    private Tensor Cut(Tensor scores)
    {
        if (_options.Temperature is not (0 or 1)) scores = scores.Over(_options.Temperature);
        long vocabulary = scores.shape[1];
        if (_options.TopK is > 0 and var k && k < vocabulary)
        {
            var least = scores.topk(k, -1).values.narrow(-1, k - 1, 1);                  // [b, 1]
            scores = scores.MaskedFill(scores < least, float.NegativeInfinity);
        }

        if (_options.TopP is { } p && p < 1)
        {
            // From the least up: what the rest already reaches is left out, the best token never.
            var (ascending, order) = scores.sort(-1);
            var leaveOut = ascending.softmax(-1).cumsum(-1).AtMost(1 - p);
            leaveOut.narrow(-1, vocabulary - 1, 1).FillInPlace(0);
            scores = scores.MaskedFill(zeros_like(leaveOut).scatter_(-1, order, leaveOut), float.NegativeInfinity);
        }

        return scores.softmax(-1);
    }

    // The first id at which the sum of the probabilities passes a number drawn from [0, sum).
    private static long Draw(Tensor probabilities, ref SplitMix64 stream)
    {
        float[] p = probabilities.data<float>().ToArray();
        double total = 0;
        foreach (float share in p) total += share;
        double target = stream.NextUnit() * total, sum = 0;
        long last = 0;
        for (int id = 0; id < p.Length; id++)
        {
            if (p[id] == 0) continue;
            last = id;
            sum += p[id];
            if (sum > target) break;
        }

        return last;
    }
}
