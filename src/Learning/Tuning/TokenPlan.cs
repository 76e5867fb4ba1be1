using Ptune.Learning.Data;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Which rows each step takes: every epoch a permutation of its own from the seed, cut where the next row would make a batch larger than it may
/// be. It depends on seed and step alone, so the place in it is the step, and nothing else need be saved.
/// </summary>
/// <param name="tokens">Of each row.</param>
/// <param name="batchTokens">At most so many tokens a step; a longer row is a batch by itself.</param>
/// <param name="seed">Of the order.</param>
internal sealed class TokenPlan(IReadOnlyList<int> tokens, long batchTokens, long seed)
{
    private long _epoch = -1;
    private long _begin;
    private List<int[]> _batches = [];

    /// <summary>The rows of a step, from 0.</summary>
    public IReadOnlyList<int> Rows(long step)
    {
        if (tokens.Count == 0) throw new InvalidOperationException("There are no rows to plan.");
        if (_epoch < 0 || step < _begin) (_epoch, _begin, _batches) = (0, 0, Cut(0));
        while (step - _begin >= _batches.Count)
        {
            _begin += _batches.Count;
            _batches = Cut(++_epoch);
        }

        return _batches[(int)(step - _begin)];
    }

    private List<int[]> Cut(long epoch)
    {
        var batches = new List<int[]>();
        var batch = new List<int>();
        long taken = 0;
        foreach (int row in SplitMix64.Stream(seed, RandomPurpose.Order(epoch)).Permutation(tokens.Count))
        {
            if (batch.Count > 0 && taken + tokens[row] > batchTokens)
            {
                batches.Add([.. batch]);
                batch.Clear();
                taken = 0;
            }

            batch.Add(row);
            taken += tokens[row];
        }

        batches.Add([.. batch]);
        return batches;
    }
}
