using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>A language model as it is trained: with its deltas, and behind a soft prompt where it has one.</summary>
/// <param name="States">Where the hidden states of a network that is not trained are kept; null: nowhere.</param>
internal sealed record LanguageNetwork(CausalLanguageModel Model, SoftPrompt? Prompt = null, NetworkStates? States = null) : ITokenNetwork
{
    public Device Device => Model.Parameters.Device;

    public long Context => Model.Context;

    /// <summary>What it computes in.</summary>
    public ScalarType Type => Model.Embedding.Weight.dtype;

    public long? RowsIndependentUpTo => Model.RowsIndependentUpTo;

    public IReadOnlyList<HeadTerm> Terms(TokenBatch batch, Tensor rows)
    {
        var hidden = States is null ? Hidden(batch, rows) : States.Of(batch.Ids, batch.Layout, rows, () => Hidden(batch, rows));
        return [.. HeadTerm.Of(Model.Head, hidden)];
    }

    /// <summary>[rows, d]: some of the B x T final hidden states.</summary>
    public Tensor Hidden(TokenBatch batch, Tensor rows)
    {
        var hidden = Prompt is null ? Model.Hidden(batch.Ids, batch.Layout) : Prompt.Hidden(Model, batch.Ids, batch.Layout);   // [B, T, d]
        return hidden.flatten(0, 1).index_select(0, rows);
    }
}
