using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models;

public sealed class NetworkTests
{
    public static TheoryData<ArchitectureSpec, long> Architectures => new()
    {
        { new VitSpec(), 139_018 },
        { new CnnSpec(), 206_922 },
        { new MlpSpec(), 269_322 },
        { new VitSpec { Patch = 4, Dim = 8, Depth = 1, Heads = 2 }, 1_250 },
    };

    public static TheoryData<ArchitectureSpec> Kinds => [.. Architectures.Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Forward_Images_GivesOneOutputForEachLabel(ArchitectureSpec architecture, long parameters)
    {
        using var network = Create(architecture, seed: 1);
        using var scope = NewDisposeScope();
        var outputs = network.Forward(randn(3, 1, 28, 28));
        Assert.Equal([3, 10], outputs.shape);
        Assert.Equal(parameters, network.Parameters.Count);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Forward_SameSeed_GivesTheSameBytes(ArchitectureSpec architecture, long parameters)
    {
        using var first = Create(architecture, seed: 5);
        using var second = Create(architecture, seed: 5);
        using var other = Create(architecture, seed: 6);
        using var scope = NewDisposeScope();
        var images = randn(2, 1, 28, 28);
        Assert.Equal(parameters, second.Parameters.Count);
        Assert.True(TensorAssert.Same(first.Forward(images), second.Forward(images)));
        Assert.False(TensorAssert.Same(first.Forward(images), other.Forward(images)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_EachImage_DependsOnNoOther(ArchitectureSpec architecture)
    {
        using var network = Create(architecture, seed: 1);
        using var scope = NewDisposeScope();
        var images = randn(4, 1, 28, 28);
        Assert.True(network.Forward(images)[2].allclose(network.Forward(images.narrow(0, 2, 1))[0], atol: 1e-5));
    }

    [Fact]
    public void Forward_Backward_ReachesEveryParameter()
    {
        foreach (var architecture in new ArchitectureSpec[] { new VitSpec(), new CnnSpec(), new MlpSpec() })
        {
            using var network = Create(architecture, seed: 1);
            using var scope = NewDisposeScope();
            network.Forward(randn(8, 1, 28, 28)).square().sum().backward();
            foreach (var (name, gradient) in network.Parameters.Gradients())
                Assert.True(gradient!.abs().max().item<float>() > 0, $"{architecture.GetType().Name}: {name} has no gradient");
        }
    }

    [Theory]
    [InlineData(27, 28)]
    [InlineData(28, 30)]
    public void Create_PatchThatDoesNotDivideTheImage_IsRefused(int height, int width) =>
        Assert.Contains("architecture.patch", Refusal(new VitSpec(), height, width), StringComparison.Ordinal);

    [Fact]
    public void Create_HeadsThatDoNotDivideTheWidth_AreRefused() =>
        Assert.Contains("architecture.heads", Refusal(new VitSpec { Heads = 3 }, 28, 28), StringComparison.Ordinal);

    [Fact]
    public void Create_CnnOnTinyImages_IsRefused() =>
        Assert.Contains("3x28", Refusal(new CnnSpec(), 3, 28), StringComparison.Ordinal);

    [Fact]
    public void Zero_OfTheHead_MakesEveryOutputZero()
    {
        using var network = Create(new VitSpec(), seed: 1);
        network.Parameters.Zero(ImageClassifier.HeadPrefix);
        using var scope = NewDisposeScope();
        Assert.Equal(0, network.Forward(randn(2, 1, 28, 28)).abs().max().item<float>());
    }

    private static string Refusal(ArchitectureSpec architecture, int height, int width) =>
        Assert.Throws<LearningException>(() => ImageClassifier.Create(architecture, new ImageSize(height, width), 10, CPU, trainable: false)).Message;

    private static ImageClassifier Create(ArchitectureSpec architecture, long seed)
    {
        var network = ImageClassifier.Create(architecture, new ImageSize(28, 28), 10, CPU, trainable: true);
        network.Parameters.Initialize(seed);
        return network;
    }
}
