using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>Measured peaks lie within a factor of 1.5 of what is estimated before anything is loaded.</summary>
public sealed class MemoryEstimateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>In a process of its own: what other tests freed would hide memory, and what they still free would, too. One or two of each family; the others run with -explicit on, each for half a minute or more.</summary>
    [Theory]
    [InlineData("llama full 2", Explicit = true)]
    [InlineData("llama full 6")]
    [InlineData("llama lora 2", Explicit = true)]
    [InlineData("llama lora 6", Explicit = true)]
    [InlineData("llama full 6 bfloat16", Explicit = true)]
    [InlineData("llama lora 6 bfloat16", Explicit = true)]
    [InlineData("llama lora 6 recompute")]
    [InlineData("bert full 6", Explicit = true)]
    [InlineData("bert lora 6")]
    [InlineData("vit full 24")]
    [InlineData("vit score 256", Explicit = true)]
    [InlineData("bert import 1")]
    public async Task Job_MeasuredPeak_IsNearTheEstimate(string words)
    {
        long peak = await MeasuredProcess.PeakAsync($"{typeof(MemoryEstimateTests).FullName}.{nameof(Measure)}", words);

        var work = MeasuredWork.Of(words, _folder.Path);
        using var folder = PretrainedFolder.Open(_folder.Path);
        long estimate = work.Estimate(folder.Config.Shape);
        MeasuredProcess.RequireNear(words, peak, estimate);
    }

    [Fact(Explicit = true)]
    public void Measure()
    {
        var work = MeasuredWork.Of(MeasuredProcess.Words, _folder.Path);
        set_num_threads(1);
        // The first time libtorch also takes what it keeps for good.
        (work with { Rows = 1 }).Run(_folder.Folder("first"));
        MeasuredProcess.Say(MeasuredPeak.Of(() => work.Run(_folder.Folder("second"))));
    }
}
