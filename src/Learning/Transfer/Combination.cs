namespace Ptune.Learning.Transfer;

/// <summary>
/// What several networks say together, from their cached outputs: N rewards on M targets cost N + M passes, and every cell of the
/// matrix is arithmetic in memory. All results are log-probabilities, [n, labels].
/// </summary>
internal static class Combination
{
    /// <summary>log softmax(log_softmax(f(x)) + sum of r_k(x) / lambda_k): Portable Reward Tuning (arXiv 2502.12776); several rewards add.</summary>
    public static ScoreTable Port(ScoreTable target, params ReadOnlySpan<(ScoreTable Reward, double Lambda)> rewards)
    {
        var sum = target.Values.AsSpan().ToArray();
        foreach (var (reward, lambda) in rewards)
        {
            RequireSameSize(target, reward);
            for (int i = 0; i < sum.Length; i++) sum[i] += (float)(reward.Values[i] / lambda);
        }

        return Normalize(target with { Values = sum });
    }

    /// <summary>log softmax(r(x) / lambda): the reward without any model.</summary>
    public static ScoreTable RewardAlone(ScoreTable reward, double lambda) =>
        Normalize(reward.Map((row, values) =>
        {
            for (int y = 0; y < values.Length; y++) values[y] = (float)(reward.Row(row)[y] / lambda);
        }));

    /// <summary>log softmax(s_target + alpha (s_tuned - s_source)): emulated fine-tuning, or proxy-tuning (arXiv 2401.08565).</summary>
    public static ScoreTable Eft(ScoreTable target, ScoreTable tunedSource, ScoreTable source, double alpha = 1)
    {
        RequireSameSize(target, tunedSource);
        RequireSameSize(target, source);
        return Normalize(target.Map((row, values) =>
        {
            var t = target.Row(row);
            var tuned = tunedSource.Row(row);
            var s = source.Row(row);
            for (int y = 0; y < values.Length; y++) values[y] = (float)(t[y] + (alpha * ((double)tuned[y] - s[y])));
        }));
    }

    /// <summary>log_softmax of every row.</summary>
    public static ScoreTable Normalize(ScoreTable scores) => scores.Map((row, values) =>
    {
        var source = scores.Row(row);
        double normalizer = LogSumExp(source);
        for (int y = 0; y < values.Length; y++) values[y] = (float)(source[y] - normalizer);
    });

    /// <summary>log of the sum of e^x, without overflow.</summary>
    public static double LogSumExp(ReadOnlySpan<float> values)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float value in values) largest = Math.Max(largest, value);
        foreach (float value in values) sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>A port that changes nothing is an error, not a result.</summary>
    /// <exception cref="TransferException">Every ported distribution equals the bare one.</exception>
    public static void RequireEffect(ScoreTable bare, ScoreTable ported)
    {
        var normalized = Normalize(bare);
        // Both went through the same rounding of one f32 normalization; a reward that does anything is far above it.
        for (int i = 0; i < ported.Values.Length; i++)
        {
            if (!(Math.Abs(ported.Values[i] - normalized.Values[i]) <= 1e-6f * (1 + Math.Abs(normalized.Values[i])))) return;
        }

        throw new TransferException(
            $"The port did nothing: on all {bare.Count} examples its outputs equal the bare target's. Its reward is the same for every label; was it trained?");
    }

    private static void RequireSameSize(ScoreTable first, ScoreTable second)
    {
        if ((first.Count, first.Labels) != (second.Count, second.Labels))
            throw new TransferException($"Scores of [{first.Count}, {first.Labels}] and of [{second.Count}, {second.Labels}] do not go together.");
    }
}
