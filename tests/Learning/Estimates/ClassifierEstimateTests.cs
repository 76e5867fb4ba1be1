using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>What is estimated of our own image classifiers from their specs is what they then have and take.</summary>
public sealed class ClassifierEstimateTests : IDisposable
{
    private const int _labels = 7;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, ArchitectureSpec> Architectures() => new()
    {
        { "vit", new VitSpec() },
        { "vit, small patches", new VitSpec { Patch = 4, Dim = 24, Depth = 3, Heads = 2 } },
        { "cnn", new CnnSpec() },
        { "cnn, no whole block of channels", new CnnSpec { Channels = 5, Hidden = 9 } },
        { "mlp", new MlpSpec() },
        { "mlp, one layer", new MlpSpec { Hidden = 11, Depth = 1 } },
    };

    [Theory]
    [MemberData(nameof(Architectures), DisableDiscoveryEnumeration = true)]
    public void Of_Architecture_HasTheNetworksNumbers(string name, ArchitectureSpec architecture)
    {
        var size = new ImageSize(28, 56);
        using var network = ImageClassifier.Create(architecture, size, _labels, CPU, trainable: false);
        var shape = ClassifierShapes.Of(architecture, size.Height, size.Width, _labels)!;
        Assert.True(network.Parameters.Count == shape.Parameters, $"{name}: {network.Parameters.Count} and {shape.Parameters}");
        Assert.Equal(size.Pixels, shape.Pixels);
        foreach (TuningMethod method in new TuningMethod[] { new HeadMethod(), new LoraMethod { Rank = 3 } })
        {
            using var adapter = ImageTuning.AdapterOf(method, network, "head", 1, CPU);
            Assert.True(adapter.Parameters.Count == TrainedParameters.Of(method, shape), $"{name}, {method}: {adapter.Parameters.Count} and {TrainedParameters.Of(method, shape)}");
        }
    }

    [Fact]
    public void Of_ImagesThatDoNotFit_IsNotKnown() => Assert.Null(ClassifierShapes.Of(new VitSpec { Patch = 5 }, 28, 28, _labels));

    [Theory]
    [InlineData("vit full 64")]
    [InlineData("vit lora 64")]
    [InlineData("vit score 256")]
    [InlineData("cnn full 256")]
    [InlineData("cnn-20 full 256")]
    [InlineData("cnn score 256")]
    [InlineData("mlp full 64")]
    public async Task Job_MeasuredPeak_IsNearTheEstimate(string words) =>
        MeasuredProcess.RequireNear(words, await MeasuredProcess.PeakAsync($"{typeof(ClassifierEstimateTests).FullName}.{nameof(Measure)}", words), MeasuredClassifier.Of(words).Estimate());

    [Fact(Explicit = true)]
    public void Measure()
    {
        var work = MeasuredClassifier.Of(MeasuredProcess.Words);
        set_num_threads(1);
        // The first time libtorch also takes what it keeps for good.
        (work with { Rows = 1 }).Run(_folder.Folder("first"));
        MeasuredProcess.Say(MeasuredPeak.Of(() => work.Run(_folder.Folder("second"))));
    }
}
