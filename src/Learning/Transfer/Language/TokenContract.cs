using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>
/// What a target and a reward have in common: every id that both have a token for means the same token. Tokens that only the target has get a reward of
/// zero; rows of a head that no token of the target has are padding.
/// </summary>
internal sealed class TokenContract : IDisposable
{
    private const int _named = 10;

    private TokenContract(long rows, Tensor? columns, Tensor? reading, long withoutReward) => (Rows, Columns, Reading, WithoutReward) = (rows, columns, reading, withoutReward);

    /// <summary>The rewards of the first so many ids count.</summary>
    public long Rows { get; }

    /// <summary>[Rows] f32: 0 for the ids among them that the reward has no token for; null: there are none.</summary>
    public Tensor? Columns { get; }

    /// <summary>[rows of the target] i64: what the reward reads for an id of the target's; null: the same.</summary>
    public Tensor? Reading { get; }

    /// <summary>Tokens that only the target has.</summary>
    public long WithoutReward { get; }

    /// <param name="target">The target's tokens.</param>
    /// <param name="reward">The reward's, or those of another network that is added.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="TransferException">An id means one token here and another there, or they have none in common.</exception>
    public static TokenContract Of(TokenSpace target, TokenSpace reward, Device device)
    {
        var shared = target.ById.Keys.Where(reward.ById.ContainsKey).Order().ToList();
        if (shared.Count == 0) throw new TransferException($"{target.Name} and {MidSentence.Of(reward.Name)} have no token id in common, so nothing can be carried from one to the other.");
        var other = shared.Where(id => !target.ById[id].Overlaps(reward.ById[id])).ToList();
        if (other.Count > 0) throw Differ(target, reward, other, shared.Count);
        long rows = shared[^1] + 1;
        bool[] known = [.. Enumerable.Range(0, (int)rows).Select(id => reward.ById.ContainsKey(id))];
        long[] reading = [.. Enumerable.Range(0, (int)target.Rows).Select(id => (long)id).Select(id => reward.ById.ContainsKey(id) ? id : reward.Substitute)];
        bool same = Enumerable.Range(0, reading.Length).All(id => reading[id] == id || !target.ById.ContainsKey(id));
        return new TokenContract(
            rows,
            known.All(isKnown => isKnown) ? null : Kept(tensor(known, ScalarType.Bool).to_type(ScalarType.Float32), device),
            same && target.Rows <= reward.Rows ? null : Kept(tensor(reading, ScalarType.Int64), device),
            target.ById.Count - shared.Count);
    }

    public void Dispose()
    {
        Columns?.Dispose();
        Reading?.Dispose();
    }

    private static Tensor Kept(Tensor value, Device device)
    {
        using (value) return value.to(device, copy: true).DetachFromDisposeScope();
    }

    private static TransferException Differ(TokenSpace target, TokenSpace reward, List<long> ids, int shared)
    {
        string first = string.Join("; ", ids.Take(_named).Select(id => $"{id} is {Shown(target, id)} and {Shown(reward, id)}"));
        return new TransferException(
            $"{target.Name} and {MidSentence.Of(reward.Name)} have different tokens: of the {shared} ids that both have, {ids.Count} mean{(ids.Count == 1 ? "s" : "")} another token. {(ids.Count > _named ? $"The first {_named}: " : "")}{first}. Use a model and a reward with one vocabulary.");
    }

    private static string Shown(TokenSpace space, long id) => $"'{Formats.Readable.Text(space.ById[id].Min!)}'";
}
