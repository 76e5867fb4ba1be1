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
        var batches = new RowBatches(rows, network, pad, batchTokens);
        foreach (int[] batch in batches) Score(batches, batch, sums);
        return sums;
    }

    private void Score(RowBatches batches, int[] batch, double[] sums)
    {
        using var scope = NewDisposeScope();
        float[] found = PreferenceObjective.LogProbabilities(network, batches.Tokens(batch)).cpu().data<float>().ToArray();
        for (int i = 0; i < batch.Length; i++)
        {
            sums[batch[i]] = float.IsFinite(found[i]) ? found[i] : throw new LearningException($"The model gives text {batch[i] + 1} a log-probability of {found[i]}: it computes no finite numbers.");
        }
    }
}
