using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// Direct preference optimization (Rafailov et al., arXiv 2305.18290, equation 7): -log sigmoid(beta x margin), mean over pairs, where the margin is
/// (s - reference) of the chosen less that of the rejected response, and s the sum of the log-probabilities of a response's tokens.
/// </summary>
/// <param name="network">What is trained.</param>
/// <param name="beta">How strongly the reference holds.</param>
internal sealed class PreferenceObjective(LanguageNetwork network, double beta)
{
    /// <summary>[B] f32: the log-probability of each row's trained tokens, without gradients. Of the frozen reference it is computed once.</summary>
    public static Tensor LogProbabilities(ITokenNetwork network, TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (rows, targets) = batch.Trained();
        return Sums(network.Terms(batch, rows), rows, targets, batch).MoveToOuterDisposeScope();
    }

    /// <summary>Adds the gradients of the pairs' share of a mean over <paramref name="pairs"/> pairs.</summary>
    /// <param name="chosen">[B, T].</param>
    /// <param name="rejected">[B, T'], the same pairs in the same order.</param>
    /// <param name="reference">[B] each: <see cref="LogProbabilities"/> of the reference.</param>
    /// <param name="pairs">Those of the whole batch.</param>
    /// <param name="settings">How the network is passed in training; null: plainly.</param>
    public PreferenceLoss Backward(TokenBatch chosen, TokenBatch rejected, (Tensor Chosen, Tensor Rejected) reference, long pairs, PassSettings? settings = null)
    {
        using var scope = NewDisposeScope();
        var good = Forward(chosen, settings ?? PassSettings.Plain);
        var bad = Forward(rejected, settings ?? PassSettings.Plain);
        Tensor goodReward, badReward, margin, byMargin;
        using (no_grad())
        {
            goodReward = (good.Sums - reference.Chosen).Times(beta);
            badReward = (bad.Sums - reference.Rejected).Times(beta);
            margin = goodReward - badReward;
            // d loss / d (sum of the chosen's log-probabilities) is -beta sigmoid(-margin) / pairs; a row's loss is minus a log-probability.
            byMargin = (-margin).sigmoid().Times(beta / pairs);
        }

        Push(good, chosen, byMargin);
        Push(bad, rejected, -byMargin);
        double loss = -nn.functional.logsigmoid(margin).sum(ScalarType.Float64).item<double>() / pairs;
        return new PreferenceLoss(loss, goodReward.data<float>().ToArray(), badReward.data<float>().ToArray());
    }

    /// <summary>The mean loss of some pairs, without gradients.</summary>
    public double Loss(TokenBatch chosen, TokenBatch rejected, (Tensor Chosen, Tensor Rejected) reference)
    {
        using var scope = NewDisposeScope();
        var margin = (LogProbabilities(network, chosen) - reference.Chosen - LogProbabilities(network, rejected)).Plus(reference.Rejected).Times(beta);
        return -nn.functional.logsigmoid(margin).mean().item<float>();
    }

    private Pass Forward(TokenBatch batch, PassSettings settings)
    {
        var training = settings.Begin(batch.Ids.device);
        using var _ = network.Model.Train(training);
        var (rows, targets) = batch.Trained();
        var terms = network.Terms(batch, rows);
        return new Pass(training, terms, rows, targets, Sums(terms, rows, targets, batch));
    }

    private void Push(Pass pass, TokenBatch batch, Tensor byRow)
    {
        using var _ = network.Model.Train(pass.Training);
        FusedCrossEntropy.Backward(pass.Terms, pass.Targets, byRow.index_select(0, pass.Rows.FloorDivide(batch.Ids.shape[1])));
        pass.Training.Recomputation?.Backward();
    }

    /// <summary>[B] f32: the log-probability of each row's trained tokens, without gradients.</summary>
    /// <param name="terms">The parts of the logits that predict them.</param>
    /// <param name="rows">What <see cref="TokenBatch.Trained"/> gave.</param>
    /// <param name="targets">As before.</param>
    /// <param name="batch">The tokens.</param>
    internal static Tensor Sums(IReadOnlyList<HeadTerm> terms, Tensor rows, Tensor targets, TokenBatch batch)
    {
        using var _ = no_grad();
        var losses = FusedCrossEntropy.Losses(terms, targets);
        return zeros(batch.Ids.shape[0], ScalarType.Float32, targets.device).IndexSubtractInPlace(0, rows.FloorDivide(batch.Ids.shape[1]), losses);
    }

    private sealed record Pass(TrainingPass Training, IReadOnlyList<HeadTerm> Terms, Tensor Rows, Tensor Targets, Tensor Sums);
}
