using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// The cross-entropy of the next token. Beside a frozen base it is that of log pi = log_softmax(f) + r / lambda - log Z (Portable Reward Tuning,
/// arXiv 2502.12776). The base's own normalizer cancels, so the loss is the cross-entropy of f + r / lambda: one more part of the logits.
/// </summary>
/// <param name="network">What is trained: a model, or a reward beside <paramref name="frozen"/>.</param>
/// <param name="frozen">The base, with the same vocabulary; null: the model is trained by itself.</param>
/// <param name="smoothing">Label smoothing, where the settings of a pass name none.</param>
/// <param name="lambda">The reward's temperature.</param>
internal sealed class TokenObjective(LanguageNetwork network, ITokenNetwork? frozen = null, double smoothing = 0, double lambda = 1)
{
    /// <summary>What the trained network computes in.</summary>
    public ScalarType Type => network.Type;

    /// <summary>Adds the gradients of the batch's share of a mean over <paramref name="trainedTokens"/> tokens.</summary>
    /// <param name="batch">A micro-batch.</param>
    /// <param name="trainedTokens">Those of the whole batch: micro-batches of unequal weight then count token by token, not as means of means.</param>
    /// <param name="settings">How the network is passed in training; null: plainly.</param>
    /// <returns>The batch's share of the mean loss.</returns>
    public double Backward(TokenBatch batch, long trainedTokens, PassSettings? settings = null)
    {
        using var scope = NewDisposeScope();
        var pass = (settings ?? PassSettings.Plain).Begin(batch.Ids.device);
        using var training = network.Model.Train(pass);
        var (rows, targets) = batch.Trained();
        var weights = Numbers.Full(targets.shape, 1.0 / trainedTokens, ScalarType.Float32, targets.device);
        double loss = FusedCrossEntropy.Backward(Terms(batch, rows), targets, weights, settings?.LabelSmoothing ?? smoothing);
        pass.Recomputation?.Backward();
        return loss;
    }

    /// <summary>The sum of the losses of the batch's trained tokens, without gradients.</summary>
    public double Sum(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (rows, targets) = batch.Trained();
        return FusedCrossEntropy.Losses(Terms(batch, rows), targets, smoothing).sum(ScalarType.Float64).item<double>();
    }

    private List<HeadTerm> Terms(TokenBatch batch, Tensor rows)
    {
        var terms = network.Terms(batch, rows).Select(term => term.Times(1 / lambda)).ToList();
        if (frozen is null) return terms;
        using var _ = no_grad();
        terms.AddRange(frozen.Terms(batch, rows));
        return terms;
    }
}
