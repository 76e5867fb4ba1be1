using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>A network whose outputs are added to a target's logits.</summary>
/// <param name="Network">A reward; or, where fine-tuning is emulated, a tuned source or its source.</param>
/// <param name="Factor">What its outputs are multiplied by: a reward's weight / lambda.</param>
/// <param name="Contract">Which of the target's tokens they are for.</param>
internal sealed record CarriedNetwork(LanguageNetwork Network, double Factor, TokenContract Contract)
{
    private long _replaced;

    /// <summary>So many tokens it was given that it does not have; it read another in their place.</summary>
    public long Replaced => _replaced;

    /// <summary>Its share of the logits that predict the trained tokens.</summary>
    /// <param name="batch">Of the target's tokens.</param>
    public IEnumerable<HeadTerm> Terms(TokenBatch batch, Tensor rows) => Network.Terms(batch with { Ids = Reads(batch.Ids, batch.Layout.Real) }, rows).Select(term => term.Times(Factor) with
    {
        Weight = term.Weight.narrow(0, 0, Contract.Rows),
        Bias = term.Bias is null ? null : (Factor == 1 ? term.Bias : term.Bias.Times(Factor)).narrow(0, 0, Contract.Rows),
        Columns = Contract.Columns,
    });

    /// <summary>Logits [b, V] of its own -> what is added to the first columns of the target's, [b, rows] f32.</summary>
    public Tensor Share(Tensor logits)
    {
        var share = logits.narrow(1, 0, Contract.Rows).to_type(ScalarType.Float32).Times(Factor);
        return Contract.Columns is null ? share : share.mul_(Contract.Columns);
    }

    /// <summary>The target's tokens [B, T] as it reads them.</summary>
    /// <param name="real">[B, T] bool: where tokens are; null: everywhere.</param>
    public Tensor Reads(Tensor ids, Tensor? real)
    {
        if (Contract.Reading is not { } reading) return ids;
        var read = reading.index_select(0, ids.flatten()).view(ids.shape);
        var other = read != ids;
        _replaced += (real is null ? other : other.logical_and(real)).sum().item<long>();
        return read;
    }
}
