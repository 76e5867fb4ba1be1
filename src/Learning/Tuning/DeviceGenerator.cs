using Ptune.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// libtorch's generator on a CUDA device. TorchSharp can seed it, but neither read nor set its state; so every step seeds it from the run's seed and its own
/// number, and a run that goes on from a checkpoint draws what an uninterrupted one does. The CPU's generator runs on from step to step: its state is in the checkpoint.
/// </summary>
internal static class DeviceGenerator
{
    /// <param name="device">Where the run computes.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="step">The step that begins, from 0.</param>
    public static void Begin(Device device, long seed, long step)
    {
        if (device.type == DeviceType.CUDA) cuda.manual_seed_all(SeedOf(seed, step));
    }

    /// <summary>What a step seeds it with.</summary>
    public static long SeedOf(long seed, long step) => (long)SplitMix64.Stream(seed, RandomPurpose.DeviceDrawsOf(step)).Next();
}
