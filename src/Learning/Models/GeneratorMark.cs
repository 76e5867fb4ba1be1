using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// A place in the draws of libtorch's generator that can be returned to. The CPU's generator has a state that can be read. TorchSharp cannot read that of a
/// CUDA device, so the device's generator is seeded at the mark by a number that the CPU's draws.
/// </summary>
internal sealed class GeneratorMark
{
    private readonly Tensor? _state;
    private readonly long _seed;

    private GeneratorMark(Tensor? state, long seed) => (_state, _seed) = (state, seed);

    /// <summary>The place where the draws on a device stand now. What is drawn from here on can be drawn again.</summary>
    public static GeneratorMark Take(Device device)
    {
        if (device.type != TorchSharp.DeviceType.CUDA) return new GeneratorMark(random.get_rng_state(), 0);
        using var drawn = randint(0, long.MaxValue, [1], ScalarType.Int64);
        var mark = new GeneratorMark(null, drawn.item<long>());
        mark.Return();
        return mark;
    }

    /// <summary>The next draw is the one that followed the mark.</summary>
    public void Return()
    {
        if (_state is not null) random.set_rng_state(_state);
        else cuda.manual_seed_all(_seed);
    }
}
