using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>A row of a table for each id, which may carry a delta like a <see cref="Linear"/>.</summary>
/// <param name="name">The layer's name: its weight's without <c>.weight</c>.</param>
/// <param name="weight">[rows, width].</param>
internal sealed class Embedding(string name, Tensor weight)
{
    public string Name { get; } = name;

    /// <summary>Another tensor of the same shape may stand in for it; whoever sets it owns it.</summary>
    public Tensor Weight { get; set; } = weight;

    /// <summary>What is added: its input are the ids, its output the rows. Null: nothing.</summary>
    public ILinearDelta? Delta { get; set; }

    /// <summary>Ids [...] i64 -> [..., width].</summary>
    public Tensor Apply(Tensor ids)
    {
        var rows = Weight.index_select(0, ids.reshape(-1)).view([.. ids.shape, Weight.shape[1]]);
        return Delta is null ? rows : Delta.Apply(ids, rows);
    }
}
