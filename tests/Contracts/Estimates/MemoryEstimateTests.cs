using Ptune.Contracts.Estimates;

namespace Ptune.Contracts.Tests.Estimates;

public sealed class MemoryEstimateTests
{
    private static readonly TransformerShape _smol = new() { Parameters = 134_515_008, Layers = 30, Width = 576, Inner = 1536, QueryWidth = 576, KeyWidth = 192, Outputs = 49152, Gated = true };

    [Fact]
    public void LoraParameters_SmolLM2_AreThoseOfPeft()
    {
        // q, k, v, o, gate, up, down of 30 layers, rank 8: 8 x (in + out) each.
        Assert.Equal(30 * 8 * (1152 + 768 + 768 + 1152 + (3 * 2112)), _smol.LoraParameters(8));
        Assert.Equal(30 * 8 * (1152 + 768), _smol.LoraParameters(8, allLinear: false));
    }

    [Fact]
    public void Training_WholeModel_HasSixteenBytesAParameter()
    {
        var load = new TrainingLoad { Trainable = _smol.Parameters, FrozenBase = false, ComputeBytes = 4, Tokens = 1024 };
        var more = MemoryEstimate.Training(_smol with { Parameters = _smol.Parameters + 1000 }, load with { Trainable = _smol.Parameters + 1000 });
        Assert.Equal(16_000, more - MemoryEstimate.Training(_smol, load));
    }

    [Fact]
    public void Training_LessAtOnce_TakesLess()
    {
        var load = new TrainingLoad { Trainable = _smol.LoraParameters(8), FrozenBase = true, ComputeBytes = 4, Tokens = 1024 };
        var whole = MemoryEstimate.Training(_smol, load);
        Assert.True(MemoryEstimate.Training(_smol, load with { Recompute = true }) < whole / 2);
        Assert.True(MemoryEstimate.Training(_smol, load with { ComputeBytes = 2 }) < whole);
        Assert.True(MemoryEstimate.Training(_smol, load with { Tokens = 512 }) < whole);
        Assert.True(MemoryEstimate.Training(_smol, load with { FrozenBase = false, Trainable = _smol.Parameters }) > whole);
    }

    [Fact]
    public void Inference_LongerCache_TakesItsBytes()
    {
        var added = MemoryEstimate.Inference(_smol, 4, tokens: 128, cached: 1000) - MemoryEstimate.Inference(_smol, 4, tokens: 128);
        Assert.Equal(2L * 30 * 192 * 4 * 1000, added);
        Assert.Equal(538_060_032, MemoryEstimate.ConvertedWeights(_smol, storedBytes: 2, computeBytes: 4));
        Assert.Equal(0, MemoryEstimate.ConvertedWeights(_smol, storedBytes: 2, computeBytes: 2));
    }

    [Fact]
    public void Training_NumbersThatNoMachineHas_AreRefusedAndNotNegative() =>
        Assert.Throws<OverflowException>(() => MemoryEstimate.Training(_smol with { Parameters = long.MaxValue }, new TrainingLoad { Trainable = long.MaxValue, FrozenBase = true, ComputeBytes = 4, Tokens = 1 }));
}
