using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>A language model as it is trained: with its deltas, and behind a soft prompt where it has one.</summary>
internal sealed record LanguageNetwork(CausalLanguageModel Model, SoftPrompt? Prompt = null) : ITokenNetwork
{
    public Device Device => Model.Parameters.Device;

    public long Context => Model.Context;

    public long? RowsIndependentUpTo => Model.RowsIndependentUpTo;

    public IReadOnlyList<HeadTerm> Terms(TokenBatch batch, Tensor rows)
    {
        var hidden = Prompt is null ? Model.Hidden(batch.Ids, batch.Layout) : Prompt.Hidden(Model, batch.Ids, batch.Layout);   // [B, T, d]
        return [.. HeadTerm.Of(Model.Head, hidden.flatten(0, 1).index_select(0, rows))];
    }
}
