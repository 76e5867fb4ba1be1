using Ptune.Learning.Data;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Which examples each step takes: every epoch a permutation of its own from the seed, cut into batches, the last of them maybe
/// smaller. It depends on seed and step alone, so the place in it is the step, and nothing else need be saved.
/// </summary>
internal sealed class ExampleOrder(long seed, int examples, int batchSize, Device device) : IDisposable
{
    private long _epoch = -1;
    private Tensor? _order;

    public long StepsPerEpoch { get; } = (examples + batchSize - 1) / batchSize;

    /// <summary>The rows of step <paramref name="step"/> (from 0), [b] i64 on the device.</summary>
    public Tensor Rows(long step)
    {
        var (epoch, place) = Math.DivRem(step, StepsPerEpoch);
        if (epoch != _epoch) Shuffle(epoch);
        long start = place * batchSize;
        return _order!.narrow(0, start, Math.Min(batchSize, examples - start));
    }

    public void Dispose() => _order?.Dispose();

    private void Shuffle(long epoch)
    {
        _order?.Dispose();
        int[] permutation = SplitMix64.Stream(seed, RandomPurpose.Order(epoch)).Permutation(examples);
        using var onCpu = tensor(Array.ConvertAll(permutation, row => (long)row), ScalarType.Int64);
        _order = onCpu.to(device, copy: true).DetachFromDisposeScope();
        _epoch = epoch;
    }
}
