using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Transfer;

public sealed class CombinationTests
{
    private static readonly ScoreTable _target = LogProbs([0.5, 0.25, 0.25], [0.1, 0.8, 0.1]);

    [Fact]
    public void Port_Reward_MultipliesByItsExponentialAndNormalizes()
    {
        // 0.5 : 0.25 e^(ln 4) : 0.25 = 0.5 : 1 : 0.25, so 2/7, 4/7, 1/7.
        var reward = new ScoreTable(2, 3, [0, MathF.Log(4), 0, 1, 1, 1]);
        AssertProbabilities([2 / 7.0, 4 / 7.0, 1 / 7.0, 0.1, 0.8, 0.1], Combination.Port(_target, (reward, 1)));
    }

    [Fact]
    public void Port_Lambda_DividesTheReward()
    {
        var reward = new ScoreTable(2, 3, [0, 2 * MathF.Log(4), 0, 0, 0, 0]);
        AssertProbabilities([2 / 7.0, 4 / 7.0, 1 / 7.0, 0.1, 0.8, 0.1], Combination.Port(_target, (reward, 2)));
    }

    [Fact]
    public void Port_SeveralRewards_Add()
    {
        var half = new ScoreTable(2, 3, [0, MathF.Log(2), 0, 0, 0, 0]);
        AssertProbabilities([2 / 7.0, 4 / 7.0, 1 / 7.0, 0.1, 0.8, 0.1], Combination.Port(_target, (half, 1), (half, 1)));
    }

    [Fact]
    public void RewardAlone_IsItsSoftmax() =>
        AssertProbabilities([0.25, 0.75], Combination.RewardAlone(new ScoreTable(1, 2, [0, 2 * MathF.Log(3)]), 2));

    [Fact]
    public void Eft_AddsWhatTuningChangedInTheSource()
    {
        var source = LogProbs([0.4, 0.4, 0.2], [1 / 3.0, 1 / 3.0, 1 / 3.0]);
        var tuned = LogProbs([0.2, 0.6, 0.2], [1 / 3.0, 1 / 3.0, 1 / 3.0]);
        // 0.5 * 0.5 : 0.25 * 1.5 : 0.25 = 2 : 3 : 2.
        AssertProbabilities([2 / 7.0, 3 / 7.0, 2 / 7.0, 0.1, 0.8, 0.1], Combination.Eft(_target, tuned, source));
    }

    [Fact]
    public void Eft_AlphaZero_IsTheTarget()
    {
        var other = LogProbs([0.2, 0.6, 0.2], [0.3, 0.3, 0.4]);
        AssertProbabilities([0.5, 0.25, 0.25, 0.1, 0.8, 0.1], Combination.Eft(_target, other, _target, alpha: 0));
    }

    [Fact]
    public void Port_OtherSize_IsRefused() =>
        Assert.Contains("[2, 3]", Assert.Throws<TransferException>(() => Combination.Port(_target, (LogProbs([0.5, 0.5]), 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void RequireEffect_SameRewardForEveryLabel_IsAnError()
    {
        var idle = new ScoreTable(2, 3, [3, 3, 3, -1, -1, -1]);
        Assert.Contains("did nothing", Assert.Throws<TransferException>(() => Combination.RequireEffect(_target, Combination.Port(_target, (idle, 1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireEffect_OneRowDiffers_Passes()
    {
        var reward = new ScoreTable(2, 3, [0, 0, 0, 0, 0.01f, 0]);
        Combination.RequireEffect(_target, Combination.Port(_target, (reward, 1)));
    }

    [Fact]
    public void LogSumExp_LargeScores_DoesNotOverflow() =>
        Assert.Equal(10_000 + Math.Log(2), Combination.LogSumExp([10_000, 10_000]), 9);

    [Fact]
    public void Classifiers_AtInference_EqualTheCombinationOfCachedScores()
    {
        var size = new ImageSize(8, 8);
        using ImageClassifier target = Fresh(new CnnSpec { Channels = 2, Hidden = 8 }, 1), reward = Fresh(new MlpSpec { Hidden = 8 }, 2);
        using ImageClassifier source = Fresh(new MlpSpec { Hidden = 8 }, 3), tuned = Fresh(new MlpSpec { Hidden = 8 }, 4);
        var examples = new Examples(size, TinyDataset.Images(20, 1), new long[20], TinyDataset.Labels, "", new Dictionary<Split, string>());
        using var tensors = new ExampleTensors(examples, CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var images = tensors.Images(0, 20);
        var (t, s, u) = (Table(target, NetworkRole.Model), Table(source, NetworkRole.Model), Table(tuned, NetworkRole.Model));
        var r = Table(reward, NetworkRole.Reward);
        AssertClose(Combination.Port(t, (r, 2.0), (r, 4.0)), new PortedClassifier(target, (reward, 2.0), (reward, 4.0)).Forward(images));
        AssertClose(Combination.Eft(t, u, s), new EmulatedClassifier(target, tuned, source).Forward(images));

        ImageClassifier Fresh(ArchitectureSpec architecture, long seed)
        {
            var network = ImageClassifier.Create(architecture, size, 3, CPU, trainable: false);
            network.Parameters.Initialize(seed);
            return network;
        }

        ScoreTable Table(ImageClassifier network, NetworkRole role) => Scorer.ToTable(Scorer.Score(network, role, tensors));
    }

    private static void AssertClose(ScoreTable expected, Tensor actual)
    {
        var values = Scorer.ToTable(actual).Values;
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected.Values[i], values[i], 1e-5f);
    }

    private static ScoreTable LogProbs(params double[][] rows) =>
        new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row.Select(p => (float)Math.Log(p)))]);

    private static void AssertProbabilities(double[] expected, ScoreTable actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], Math.Exp(actual.Values[i]), 1e-6);
    }
}
