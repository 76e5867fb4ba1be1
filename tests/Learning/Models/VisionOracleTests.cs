using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models;

/// <summary>The image networks compute, and learn, what plain PyTorch does.</summary>
public sealed class VisionOracleTests
{
    private const double _logitTolerance = 2e-5;
    private const double _weightTolerance = 2e-5;
    private const double _lossTolerance = 1e-5;
    private const double _learningRate = 0.01;
    private const double _weightDecay = 0.01;

    public static TheoryData<string> Names => ["vit", "cnn", "mlp"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_PyTorchsWeights_GivesPyTorchsLogits(string name)
    {
        using var fixture = new VisionFixture(name);
        using var network = fixture.Network();
        using var scope = NewDisposeScope();
        Assert.Equal(fixture.Names.Sum(parameter => fixture[$"weights.{parameter}"].NumberOfElements), network.Parameters.Count);
        TensorAssert.Near(fixture["logits"], network.Forward(fixture.Examples.Images(0, fixture.Examples.Count)), _logitTolerance, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_Supervised_LearnsWhatPyTorchDoes(string name)
    {
        using var fixture = new VisionFixture(name);
        Train(fixture, Objective.CrossEntropy, "losses", "tuned");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_Reward_LearnsWhatPyTorchDoes(string name)
    {
        using var fixture = new VisionFixture(name);
        using var logits = fixture["base_logits"];
        using var logProbs = logits.log_softmax(-1);
        Train(fixture, new Objective(logProbs, 1), "rewardLosses", "reward");
    }

    private static void Train(VisionFixture fixture, Objective objective, string losses, string trained)
    {
        using var network = fixture.Network();
        using var optimizer = new AdamW(network.Parameters, _weightDecay);
        using var scope = NewDisposeScope();
        var rows = arange(fixture.Examples.Count);
        var images = fixture.Examples.Images(rows);
        double[] expected = fixture.Losses(losses);
        for (int step = 0; step < expected.Length; step++)
        {
            network.Parameters.ClearGradients();
            var loss = objective.Loss(network.Forward(images), rows, fixture.Examples.Labels);
            Assert.InRange(loss.item<float>(), expected[step] - _lossTolerance, expected[step] + _lossTolerance);
            loss.backward();
            optimizer.Step(step + 1, _learningRate);
        }

        foreach (string name in fixture.Names)
        {
            var (wanted, actual) = (fixture[$"{trained}.{name}"], network.Parameters[name].detach());
            if (name.EndsWith("qkv.bias", StringComparison.Ordinal)) (wanted, actual) = (WithoutKeys(wanted), WithoutKeys(actual));
            TensorAssert.Near(wanted, actual, _weightTolerance, name);
        }
    }

    // A key's bias has a gradient of nearly zero, whose rounding Adam turns into whole steps.
    private static Tensor WithoutKeys(Tensor bias)
    {
        long width = bias.shape[0] / 3;
        return cat([bias.narrow(0, 0, width), bias.narrow(0, 2 * width, width)], 0);
    }
}
