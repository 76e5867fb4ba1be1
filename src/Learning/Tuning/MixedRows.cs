using Ptune.Learning.Data;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Tuning;

/// <summary>
/// The rows of each step: those of the data that are learnt and, where general data are mixed in, theirs, each by a <see cref="TokenPlan"/> of its own. Both depend on seed and
/// step alone; whoever comes to the end of its epoch first begins the next one. An epoch's last step takes what is left, so its share may differ.
/// </summary>
internal sealed class MixedRows
{
    private readonly List<(TokenRows Rows, TokenPlan Plan)> _sources;

    /// <param name="rows">What is learnt.</param>
    /// <param name="general">What is mixed in; null: nothing.</param>
    /// <param name="batchTokens">At most so many tokens a step, of both together.</param>
    /// <param name="seed">Of both orders.</param>
    /// <exception cref="LearningException">The share is none, or a row does not fit into its data's part of a step: it would change the share.</exception>
    public MixedRows(TokenRows rows, GeneralData? general, long batchTokens, long seed)
    {
        if (general is null)
        {
            _sources = [Source(rows, batchTokens, seed)];
            return;
        }

        if (general.Share is not (> 0 and < 1)) throw new LearningException($"The share of general data is {general.Share}; it must be above 0 and below 1.");
        if (general.Rows.Count == 0) throw new LearningException("There is no row of general data.");
        long mixed = (long)Math.Round(batchTokens * general.Share);
        Require(rows, batchTokens - mixed, "the data", batchTokens);
        Require(general.Rows, mixed, "general data", batchTokens);
        long generalSeed = (long)SplitMix64.Stream(seed, RandomPurpose.GeneralData).Next();
        _sources = [Source(rows, batchTokens - mixed, seed), Source(general.Rows, mixed, generalSeed)];
    }

    /// <summary>So many examples a step takes.</summary>
    public long Examples(long step) => _sources.Sum(source => source.Plan.Rows(step).Sum(row => (long)source.Rows.Examples(row)));

    /// <summary>The rows of a step, so many at a time and padded to the longest of those.</summary>
    public IEnumerable<IReadOnlyList<TokenBlock>> MicroBatches(long step, int size, int pad) =>
        _sources.SelectMany(source => source.Plan.Rows(step).Chunk(size).Select(rows => source.Rows.Blocks(rows, pad)));

    /// <summary>What the steps before <paramref name="steps"/> took.</summary>
    public TokenCounts Count(long steps)
    {
        long own = 0, general = 0;
        for (long step = 0; step < steps; step++)
        {
            own += Tokens(_sources[0], step);
            if (_sources.Count > 1) general += Tokens(_sources[1], step);
        }

        return new TokenCounts(own, general);
    }

    private static long Tokens((TokenRows Rows, TokenPlan Plan) source, long step) => source.Plan.Rows(step).Sum(row => (long)source.Rows.Tokens(row));

    private static (TokenRows, TokenPlan) Source(TokenRows rows, long tokens, long seed) => (rows, new TokenPlan([.. Enumerable.Range(0, rows.Count).Select(rows.Tokens)], tokens, seed));

    private static void Require(TokenRows rows, long tokens, string what, long batchTokens)
    {
        int longest = Enumerable.Range(0, rows.Count).Max(rows.Tokens);
        if (longest > tokens)
            throw new LearningException($"A row of {what} has {longest} tokens, and its part of a step's {batchTokens} tokens is {tokens}. Raise batchTokens, lower maxTokens, or change the share.");
    }
}
