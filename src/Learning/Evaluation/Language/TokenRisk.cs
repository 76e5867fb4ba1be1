using Ptune.Learning.Tensors;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>
/// <see cref="PortRisk"/> for vocabularies: of each position the KL(source || target), C, and how far the port moves the target. Tensors as wide as the
/// vocabulary are made for a few positions at a time. The source's distribution is the one over the tokens that both have; the target's is over all of its own; rows that no
/// token has are in neither. A token that a reward does not have has a reward of 0.
/// </summary>
/// <param name="target">The bare target.</param>
/// <param name="tokens">The target's.</param>
/// <param name="source">The bare source, with factor 1.</param>
/// <param name="rewards">What r is the sum of. For a patch: its tuned source with factor 1 and the source with factor -1, since a patch stands for the reward log(tuned / source).</param>
/// <param name="carried">The target with what is carried to it; null: the target's logits plus r.</param>
internal sealed class TokenRisk(LanguageNetwork target, TokenSpace tokens, CarriedNetwork source, IReadOnlyList<CarriedNetwork> rewards, ITokenNetwork? carried = null)
{
    // Distributions of the source, the target and the carried target, and the rewards.
    private const int _tensors = 4;

    private readonly bool[]? _padding = tokens.Padding();
    private readonly List<double> _kl = [], _c = [], _moved = [];
    private double _largest;

    /// <param name="batch">Of the target's tokens.</param>
    /// <param name="rows">[n] i64: the positions, as places in the batch flattened to [B x T].</param>
    public void Add(TokenBatch batch, Tensor rows)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bare = target.Terms(batch, rows);
        HeadTerm[] sources = [.. source.Terms(batch, rows)], added = [.. rewards.SelectMany(reward => reward.Terms(batch, rows))];
        var after = carried?.Terms(batch, rows);
        var padding = _padding is null ? null : tensor(_padding, ScalarType.Bool).to(target.Device);
        var foreign = source.Contract.Columns?.EqualTo(0);
        foreach (var (begin, count) in HeadChunks.Of(bare, rows.shape[0], _tensors))
        {
            using var inner = NewDisposeScope();
            var logits = Masked(HeadChunks.Logits(bare, begin, count), padding);                            // [count, V]
            var reward = zeros_like(logits);
            foreach (var term in added) reward.narrow(1, 0, term.Weight.shape[0]).AddInPlace(term.Logits(begin, count));
            var ours = F.log_softmax(logits, 1);
            var theirs = F.log_softmax(Masked(HeadChunks.Logits(sources, begin, count), foreign), 1);       // [count, shared]
            long shared = theirs.shape[1];
            Keep(_kl, Divergence(theirs, ours.narrow(1, 0, shared), foreign));
            Keep(_c, (Masked(reward.clone(), padding).amax(1) - theirs.Plus(reward.narrow(1, 0, shared)).logsumexp(1)).to_type(ScalarType.Float64).exp());
            var moved = F.log_softmax(after is null ? logits.Plus(reward) : Masked(HeadChunks.Logits(after, begin, count), padding), 1);
            Keep(_moved, Divergence(moved, ours, padding));
            var change = moved.sub_(ours);
            if (padding is not null) change.MaskedFillInPlace(padding, 0);
            _largest = Math.Max(_largest, change.abs_().max().item<float>());
        }
    }

    /// <exception cref="LearningException">There is no position, or a network computes no finite numbers.</exception>
    public TokenRiskFigures Figures()
    {
        if (_kl.Count == 0) throw new LearningException("The probe has no token to predict.");
        if (!_kl.Concat(_moved).All(double.IsFinite) || _c.Any(double.IsNaN)) throw new LearningException("The source, the target or what is carried computes no finite numbers on the probe.");
        return new TokenRiskFigures(_kl.Average(), _c.Average(), Statistics.Quantile([.. _c], 0.95), _c.Max(), _moved.Average(), _largest, _kl.Count);
    }

    private static Tensor Masked(Tensor logits, Tensor? columns) => columns is null ? logits : logits.MaskedFillInPlace(columns, float.NegativeInfinity);

    /// <summary>[count] f64: sum of p (log p - log q) over the columns that count.</summary>
    private static Tensor Divergence(Tensor logP, Tensor logQ, Tensor? without)
    {
        var ratio = logP - logQ;
        if (without is not null) ratio.MaskedFillInPlace(without, 0);
        return ratio.mul_(logP.exp()).sum([1L], type: ScalarType.Float64);
    }

    private static void Keep(List<double> all, Tensor values) => all.AddRange(values.cpu().data<double>().ToArray());
}
