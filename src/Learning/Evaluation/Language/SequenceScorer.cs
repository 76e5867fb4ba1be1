using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>Log-probabilities that a language model, alone or with what is carried to it, gives to tokens.</summary>
/// <param name="network">In use: nothing is left out.</param>
/// <param name="pad">The id of padding.</param>
/// <param name="batchTokens">At most so many tokens at once, padding included; a longer row goes by itself.</param>
internal sealed class SequenceScorer(ITokenNetwork network, int pad, long batchTokens = 4_096)
{
    /// <summary>So many tokens a row may have.</summary>
    public long Context => network.Context;

    /// <summary>For each row the sum of the log-probabilities of its trained tokens, in nats.</summary>
    /// <exception cref="LearningException">A sum is not finite.</exception>
    public IReadOnlyList<double> Sums(IReadOnlyList<EncodedExample> rows)
    {
        double[] sums = new double[rows.Count];
        foreach (int[] batch in LengthBatches.Of(rows, batchTokens, network.RowsIndependentUpTo)) Score(rows, batch, sums);
        return sums;
    }

    private void Score(IReadOnlyList<EncodedExample> rows, int[] batch, double[] sums)
    {
        using var scope = NewDisposeScope();
        int longest = batch.Max(row => rows[row].Length);
        var blocks = batch.Select(row => TokenBlock.Of([rows[row]], longest, pad)).ToList();
        var tokens = TokenBatch.Of(blocks, network.Device);
        // A window reads as many tokens as the model does, and predicts one more.
        if (longest > network.Context) tokens = tokens.WithoutLast();
        float[] found = PreferenceObjective.LogProbabilities(network, tokens).cpu().data<float>().ToArray();
        for (int i = 0; i < batch.Length; i++)
        {
            sums[batch[i]] = float.IsFinite(found[i]) ? found[i] : throw new LearningException($"The model gives text {batch[i] + 1} a log-probability of {found[i]}: it computes no finite numbers.");
        }
    }
}
