using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

public sealed class DeviceGeneratorTests
{
    [Fact]
    public void Begin_OnTheCpu_LeavesItsGeneratorRunningOn()
    {
        random.manual_seed(1);
        using var expected = rand(4);
        random.manual_seed(1);
        DeviceGenerator.Begin(CPU, seed: 2, step: 3);
        using var drawn = rand(4);
        Assert.Equal(expected.data<float>().ToArray(), drawn.data<float>().ToArray());
    }

    [Fact]
    public void SeedOf_OtherSeedsAndSteps_AreOtherNumbers()
    {
        var seeds = from seed in Enumerable.Range(-10, 20) from step in Enumerable.Range(0, 100) select DeviceGenerator.SeedOf(seed, step);
        Assert.Equal(20 * 100, seeds.Distinct().Count());
        Assert.Equal(DeviceGenerator.SeedOf(1, 2), DeviceGenerator.SeedOf(1, 2));
    }

    [Fact]
    public void Begin_OnCuda_DrawsByTheStepAlone()
    {
        Assert.SkipUnless(cuda.is_available(), "This machine has no CUDA device.");
        var whole = Enumerable.Range(0, 3).Select(Draw).ToList();
        random.manual_seed(99);
        Assert.Equal(whole[2], Draw(2));
        Assert.NotEqual(whole[1], whole[2]);
    }

    private static float[] Draw(int step)
    {
        DeviceGenerator.Begin(CUDA, seed: 1, step);
        using var drawn = rand(4, device: CUDA);
        using var onCpu = drawn.cpu();
        return onCpu.data<float>().ToArray();
    }
}
