using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>
/// Keys and values of the tokens that were read, layer by layer, so that a further token costs one token's work. Its memory is taken
/// once, for <paramref name="capacity"/> tokens a row.
/// </summary>
internal sealed class KeyValueCache(int layers, long batch, long heads, long capacity, long width, ScalarType type, Device device) : IDisposable
{
    private readonly Tensor[] _keys = [.. Enumerable.Range(0, layers).Select(_ => New(batch, heads, capacity, width, type, device))];
    private readonly Tensor[] _values = [.. Enumerable.Range(0, layers).Select(_ => New(batch, heads, capacity, width, type, device))];
    private readonly Tensor _positions = zeros([batch, capacity], ScalarType.Int64, device).DetachFromDisposeScope();
    private readonly Tensor _real = ones([batch, capacity], ScalarType.Bool, device).DetachFromDisposeScope();

    private bool _padded;
    private Tensor? _embedded; // [B, capacity, d], only where it is asked for

    /// <summary>Tokens a row that it holds.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of a cache.</summary>
    public static long BytesOf(int layers, long batch, long heads, long capacity, long width, int elementBytes) =>
        checked(2 * layers * batch * heads * capacity * width * elementBytes);

    /// <summary>Takes the places of the next tokens; their keys and values follow by <see cref="Append"/>, layer by layer.</summary>
    /// <returns>The layout of all tokens that are now there.</returns>
    /// <exception cref="ArgumentException">There is no room, or the tokens are packed.</exception>
    public SequenceLayout Extend(SequenceLayout next)
    {
        long count = next.Positions.shape[1];
        if (next.Segments is not null) throw new ArgumentException("Packed rows have no cache.", nameof(next));
        if (Length + count > capacity) throw new ArgumentException($"The cache has room for {capacity} tokens, and {Length + count} are asked for.", nameof(next));
        _positions.narrow(1, Length, count).copy_(next.Positions);
        if (next.Real is { } real)
        {
            _padded = true;
            _real.narrow(1, Length, count).copy_(real);
        }

        Length += count;
        return new SequenceLayout(_positions.narrow(1, 0, Length), _padded ? _real.narrow(1, 0, Length) : null, null, next.Longest);
    }

    /// <summary>Adds the newest tokens' keys and values [B, heads, T, width] and gives all that are there.</summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        long count = keys.shape[2];
        _keys[layer].narrow(2, Length - count, count).copy_(keys);
        _values[layer].narrow(2, Length - count, count).copy_(values);
        return (_keys[layer].narrow(2, 0, Length), _values[layer].narrow(2, 0, Length));
    }

    /// <summary>Keeps what was read as well, for models that must read it anew when a text grows; to be called after <see cref="Extend"/>.</summary>
    /// <param name="embedded">[B, T, d]: the newest tokens.</param>
    /// <returns>[B, S, d]: all tokens.</returns>
    public Tensor Remember(Tensor embedded)
    {
        long count = embedded.shape[1];
        _embedded ??= empty([batch, capacity, embedded.shape[2]], type, device).DetachFromDisposeScope();
        _embedded.narrow(1, Length - count, count).copy_(embedded);
        return _embedded.narrow(1, 0, Length);
    }

    /// <summary>Leaves the rows in <paramref name="rows"/> ([k] i64) only, in that order: texts that have ended need no more work.</summary>
    public KeyValueCache Select(Tensor rows)
    {
        var kept = new KeyValueCache(layers, rows.shape[0], heads, capacity, width, type, device) { Length = Length, _padded = _padded };
        for (int layer = 0; layer < layers; layer++)
        {
            kept._keys[layer].narrow(2, 0, Length).copy_(_keys[layer].narrow(2, 0, Length).index_select(0, rows));
            kept._values[layer].narrow(2, 0, Length).copy_(_values[layer].narrow(2, 0, Length).index_select(0, rows));
        }

        kept._embedded = _embedded?.index_select(0, rows).DetachFromDisposeScope();
        kept._positions.copy_(_positions.index_select(0, rows));
        kept._real.copy_(_real.index_select(0, rows));
        return kept;
    }

    public void Dispose()
    {
        foreach (var tensor in _keys.Concat(_values)) tensor.Dispose();
        _embedded?.Dispose();
        _positions.Dispose();
        _real.Dispose();
    }

    // Not cleared: no element is read before it is written.
    private static Tensor New(long batch, long heads, long capacity, long width, ScalarType type, Device device) =>
        empty([batch, heads, capacity, width], type, device).DetachFromDisposeScope();
}
