using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Pairs of responses as a model reads them. What the frozen reference gives a pair is computed when the pair is first asked for, and kept.</summary>
/// <param name="reference">The model as it was.</param>
/// <param name="chosen">The better response of each pair.</param>
/// <param name="rejected">The other one.</param>
/// <param name="pad">The id of padding.</param>
/// <param name="device">Where the batches lie.</param>
internal sealed class PreferencePairs(LanguageNetwork reference, IReadOnlyList<EncodedExample> chosen, IReadOnlyList<EncodedExample> rejected, int pad, Device device)
{
    private readonly TokenRows _chosen = TokenRows.Single(chosen);
    private readonly TokenRows _rejected = TokenRows.Single(rejected);
    private readonly Dictionary<int, (float Chosen, float Rejected)> _known = [];

    /// <summary>How many tokens both responses of each pair have.</summary>
    public IReadOnlyList<int> Lengths { get; } = [.. chosen.Zip(rejected, (good, bad) => good.Length + bad.Length)];

    /// <summary>Both responses of some pairs.</summary>
    public (TokenBatch Chosen, TokenBatch Rejected) Batches(int[] some) =>
        (TokenBatch.Of(_chosen.Blocks(some, pad), device), TokenBatch.Of(_rejected.Blocks(some, pad), device));

    /// <summary>[pairs] each: what the reference gives them.</summary>
    public (Tensor Chosen, Tensor Rejected) Reference(int[] some)
    {
        // Each pair by itself: among others it would be padded and round otherwise, and a run that is resumed meets it among others.
        foreach (int pair in some.Where(pair => !_known.ContainsKey(pair)))
        {
            var (better, worse) = Batches([pair]);
            _known.Add(pair, (Number(better), Number(worse)));
        }

        return (tensor(some.Select(pair => _known[pair].Chosen).ToArray(), device: device), tensor(some.Select(pair => _known[pair].Rejected).ToArray(), device: device));
    }

    /// <summary>The mean loss of all pairs, without gradients.</summary>
    /// <param name="batch">So many go forward at once.</param>
    public double MeanLoss(PreferenceObjective objective, int batch)
    {
        double sum = 0;
        foreach (int[] some in Enumerable.Range(0, Lengths.Count).Chunk(batch))
        {
            using var scope = NewDisposeScope();
            var (better, worse) = Batches(some);
            sum += some.Length * objective.Loss(better, worse, Reference(some));
        }

        return sum / Lengths.Count;
    }

    private float Number(TokenBatch batch) => PreferenceObjective.LogProbabilities(reference, batch).item<float>();
}
