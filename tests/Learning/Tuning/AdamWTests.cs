using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

public sealed class AdamWTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Step_SameGradients_MovesLikePyTorchsAdamW(double weightDecay)
    {
        using var network = ImageClassifier.Create(new MlpSpec { Hidden = 9, Depth = 1 }, new ImageSize(3, 3), 2, CPU, trainable: true);
        network.Parameters.Initialize(1);
        using var ours = new AdamW(network.Parameters, weightDecay);
        using var scope = NewDisposeScope();
        var theirs = new TorchSharp.Modules.Parameter(network.Parameters.Values.clone());
        using var reference = optim.AdamW([theirs], lr: 0.01, weight_decay: weightDecay);
        for (int step = 1; step <= 20; step++)
        {
            network.Parameters.ClearGradients();
            network.Forward(randn(4, 1, 3, 3)).square().sum().backward();
            theirs.grad = cat([.. network.Parameters.Gradients().Select(g => g.Gradient!.flatten())], 0);
            reference.step();
            ours.Step(step, 0.01);
            Assert.True(network.Parameters.Values.allclose(theirs, rtol: 1e-5, atol: 1e-6), $"step {step}");
        }
    }

    [Fact]
    public void ClearGradients_ThenBackward_DoesNotAddUp()
    {
        using var network = ImageClassifier.Create(new MlpSpec { Hidden = 4, Depth = 1 }, new ImageSize(2, 2), 2, CPU, trainable: true);
        network.Parameters.Initialize(1);
        using var scope = NewDisposeScope();
        var images = randn(4, 1, 2, 2);
        network.Forward(images).sum().backward();
        var first = network.Parameters.Gradients().Select(g => g.Gradient!.clone()).ToList();
        network.Parameters.ClearGradients();
        Assert.All(network.Parameters.Gradients(), g => Assert.Null(g.Gradient));
        network.Forward(images).sum().backward();
        Assert.All(first.Zip(network.Parameters.Gradients()), pair => Assert.True(TensorAssert.Same(pair.First, pair.Second.Gradient!)));
    }
}
