using System.Text.Json;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Generation;
using Ptune.Learning.Tests.Evaluation.Language;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Transfer.Language;

/// <summary>Distributions, sums and greedy texts of carried rewards are PyTorch's.</summary>
public sealed class PortedNetworkTests : IDisposable
{
    private readonly TransferFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("ported", "reward", 1, null, 0)]
    [InlineData("ported_half", "reward", 0.5, null, 0)]
    [InlineData("ported_two", "reward", 0.7, "reward-lora", 0.4)]
    [InlineData("eft", "tuned", 1, "source", -1)]
    [InlineData("eft_half", "tuned", 0.5, "source", -0.5)]
    public void Terms_OnATarget_ArePyTorchsDistribution(string name, string first, double factor, string? second, double secondFactor)
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);
        var carried = new List<CarriedNetwork> { _fixture.Carry(first, factor, space) };
        if (second is not null) carried.Add(_fixture.Carry(second, secondFactor, space));

        AssertDistribution(name, _fixture.Keep(new PortedNetwork(_fixture.Network("target"), 1, space.Padding(), carried)));
    }

    [Fact]
    public void Terms_OnATargetWithPaddedRows_LeaveThemOut()
    {
        var space = TransferFixture.Space("the target", 104);

        AssertDistribution("ported_padded", _fixture.Keep(new PortedNetwork(_fixture.Network("target-padded"), 1, space.Padding(), [_fixture.Carry("reward", 1, space)])));
    }

    [Fact]
    public void Terms_OfARewardAlone_ArePyTorchsDistribution() =>
        AssertDistribution("reward_alone", _fixture.Keep(new PortedNetwork(_fixture.Network("reward"), 1, null, [])));

    /// <summary>The tokens that the reward does not know have a reward of 0, wherever their ids are.</summary>
    [Fact]
    public void Terms_TokensThatOnlyTheTargetHas_KeepTheirLogits()
    {
        var target = TransferFixture.Space("the target", TransferFixture.Tokens);
        var reward = TokenSpace.Of("the reward", TransferFixture.Tokens, Enumerable.Range(0, 90).Where(id => id % 10 != 3).Select(id => KeyValuePair.Create($"t{id}", (long)id)), substitute: 7);
        var contract = _fixture.Keep(TokenContract.Of(target, reward, CPU));
        var carried = new CarriedNetwork(_fixture.Network("reward"), 1, contract);
        using var network = new PortedNetwork(_fixture.Network("target"), 1, null, [carried]);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var rows = arange(60, ScalarType.Int64);

        var logits = Logits(network.Terms(_fixture.Batch, rows));

        var bare = Logits(_fixture.Network("target").Terms(_fixture.Batch, rows));
        var known = tensor(Enumerable.Range(0, TransferFixture.Tokens).Select(id => id < 90 && id % 10 != 3).ToArray(), ScalarType.Bool);
        Assert.Equal(15, contract.WithoutReward);
        Assert.Equal(89, contract.Rows - 1);
        Assert.Equal(0, ((logits - bare) * known.logical_not()).abs().max().item<float>());
        Assert.True(((logits - bare) * known).abs().max().item<float>() > 0.1);
        Assert.Equal(Enumerable.Range(0, 3).Sum(row => Ids(row).Count(id => id >= 90 || id % 10 == 3)), carried.Replaced);
    }

    [Theory]
    [InlineData("zero-head", 1, null, 0)]
    [InlineData("source", 1, "source", -1)]
    public void Terms_ThatChangeNothing_AreAnError(string first, double factor, string? second, double secondFactor)
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);
        var carried = new List<CarriedNetwork> { _fixture.Carry(first, factor, space) };
        if (second is not null) carried.Add(_fixture.Carry(second, secondFactor, space));
        using var network = new PortedNetwork(_fixture.Network("target"), 1, null, carried);
        using var scorer = new PortedScorer(new ModelScorer(_fixture.Network("target").Model), 1, null, carried);

        Assert.Contains("does nothing", Assert.Throws<TransferException>(() => network.Terms(_fixture.Batch, arange(60, ScalarType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("does nothing", Assert.Throws<TransferException>(() => new TextGenerator(scorer).Generate(new GenerationRequest { Prompts = [[3, 4]], MaxTokens = 2 })).Message, StringComparison.Ordinal);
    }

    /// <summary>Multiple choice with a reward: judging/language.json.</summary>
    [Fact]
    public void Sums_OfChoices_ArePyTorchs()
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);
        using var network = new PortedNetwork(_fixture.Network("target"), 1, null, [_fixture.Carry("reward", 1, space)]);
        var questions = JudgingFixture.Language["questions"]!.AsArray().Select(question => new ChoiceQuestion(
            question!["context"].Ints(),
            [.. question["choices"]!.AsArray().Select(choice => new Choice(choice!["ids"].Ints(), Characters: 1, choice["bytes"]!.GetValue<int>()))],
            question["answer"]!.GetValue<int>())).ToList();

        var results = ChoiceResult.Of(new SequenceScorer(network, pad: 0), questions);

        foreach (var (theirs, ours) in JudgingFixture.Language["ported"]!.AsArray().Zip(results))
        {
            double[] sums = theirs!["sums"].Deserialize<double[]>()!;
            Assert.All(sums.Zip(ours.LogProbabilities), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * Math.Abs(pair.First)));
            Assert.Equal(theirs["bySum"]!.GetValue<int>(), ours.Pick(ChoiceRule.Sum));
        }
    }

    [Theory]
    [InlineData("bare", null, 0, null, 0)]
    [InlineData("ported", "reward", 1, null, 0)]
    [InlineData("ported_two", "reward", 0.7, "reward-lora", 0.4)]
    public void Generate_WithRewards_GivesPyTorchsIds(string name, string? first, double factor, string? second, double secondFactor)
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);
        var carried = new List<CarriedNetwork>();
        if (first is not null) carried.Add(_fixture.Carry(first, factor, space));
        if (second is not null) carried.Add(_fixture.Carry(second, secondFactor, space));
        var facts = TransferFixture.Facts["generation"]!;
        long[][] prompts = facts["prompt_ids"].Deserialize<long[][]>()!;
        int[][] masks = facts["attention_mask"].Deserialize<int[][]>()!;
        using var scorer = new PortedScorer(new ModelScorer(_fixture.Network("target").Model), 1, space.Padding(), carried);

        var texts = new TextGenerator(scorer).Generate(new GenerationRequest
        {
            Prompts = [.. prompts.Zip(masks, (ids, mask) => (IReadOnlyList<long>)[.. ids.Where((_, place) => mask[place] == 1)])],
            MaxTokens = facts["max_new_tokens"]!.GetValue<long>(),
        });

        Assert.Equal(facts[name]!["ids"].Deserialize<long[][]>()!, texts.Select(text => text.Ids));
    }

    private IEnumerable<long> Ids(int row)
    {
        using var scope = NewDisposeScope();
        return _fixture.Batch.Ids[row].masked_select(_fixture.Real[row]).data<long>().ToArray();
    }

    private void AssertDistribution(string name, PortedNetwork network)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = _fixture.Batch;
        var found = Logits(network.Terms(batch, arange(60, ScalarType.Int64))).log_softmax(-1).narrow(-1, 0, TransferFixture.Tokens).view(3, 20, -1);
        TensorAssert.Near(_fixture.Expected(name), found * _fixture.Real.unsqueeze(-1), 2e-5, name);
    }

    private static Tensor Logits(IReadOnlyList<HeadTerm> terms)
    {
        var logits = terms[0].Logits(0, 60);
        foreach (var term in terms.Skip(1)) logits.narrow(1, 0, term.Weight.shape[0]).add_(term.Logits(0, 60));
        return logits;
    }
}
