using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Transfer.Language;

/// <summary>KL and C on tokens are PyTorch's (transfer.json), and plain sums where vocabularies differ.</summary>
public sealed class TokenRiskTests : IDisposable
{
    private readonly TransferFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Figures_OfAReward_ArePyTorchs()
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);

        var figures = Measure(new TokenRisk(_fixture.Network("target"), space, _fixture.Carry("source", 1, space), [_fixture.Carry("reward", 1, space)]));

        var expected = TransferFixture.Facts["risk"]!;
        Assert.Equal(expected["positions"]!.GetValue<long>(), figures.Positions);
        Assert.Equal(expected["meanKlSourceTarget"]!.GetValue<double>(), figures.Kl, 1e-5);
        Assert.Equal(expected["meanC"]!.GetValue<double>(), figures.CMean, 1e-4);
        Assert.Equal(expected["maxC"]!.GetValue<double>(), figures.CMax, 1e-4);
        Assert.InRange(figures.CHigh, figures.CMean, figures.CMax);
        Assert.Equal(Moved(_fixture.Expected("ported")), figures.Moved, 1e-5);
    }

    /// <summary>A patch stands for the reward log(tuned / source), whose mean under the source is 1.</summary>
    [Fact]
    public void Figures_OfAPatch_AreThoseOfTheRatioOfTheTunedSource()
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);
        var target = _fixture.Network("source");

        var figures = Measure(new TokenRisk(target, space, _fixture.Carry("source", 1, space), [_fixture.Carry("tuned", 1, space), _fixture.Carry("source", -1, space)], _fixture.Network("tuned")));

        using var scope = NewDisposeScope();
        var ratio = Real(_fixture.Expected("tuned_source").log_softmax(-1) - _fixture.Expected("source").log_softmax(-1));
        Assert.Equal(0, figures.Kl, 1e-6);
        Assert.Equal(ratio.amax(1).exp().mean().item<double>(), figures.CMean, 1e-4);
        Assert.Equal(ratio.abs().max().item<double>(), figures.LargestChange, 1e-4);
    }

    /// <summary>Rows of the target's head that no token has, and tokens that the source or the reward lacks.</summary>
    [Fact]
    public void Figures_WithPaddingAndForeignTokens_AreThePlainSums()
    {
        var space = TransferFixture.Space("the target", 104);
        var known = TokenSpace.Of("the source", TransferFixture.Tokens, Enumerable.Range(0, TransferFixture.Tokens).Where(id => id % 10 != 3).Select(id => KeyValuePair.Create($"t{id}", (long)id)), substitute: 7);
        var contract = _fixture.Keep(TokenContract.Of(space, known, CPU));
        var source = new CarriedNetwork(_fixture.Network("source"), 1, contract);
        var reward = new CarriedNetwork(_fixture.Network("reward"), 0.5, contract);
        var target = _fixture.Network("target-padded");
        using var scope = NewDisposeScope();
        using var _ = no_grad();

        var figures = Measure(new TokenRisk(target, space, source, [reward]));

        double kl = 0, c = 0;
        var rows = Rows();
        var (t, s, r) = (Logits(target.Terms(_fixture.Batch, rows)), Logits([.. source.Terms(_fixture.Batch, rows)]), Logits([.. reward.Terms(_fixture.Batch, rows)]));
        for (long row = 0; row < rows.shape[0]; row++)
        {
            double[] ours = LogSoftmax(t[row], id => id < 96), theirs = LogSoftmax(s[row], id => id < 96 && id % 10 != 3), rewards = [.. Values(r[row])];
            for (int id = 0; id < 96; id++) kl += id % 10 == 3 ? 0 : Math.Exp(theirs[id]) * (theirs[id] - ours[id]);
            c += Math.Exp(rewards.Max()) / Enumerable.Range(0, 96).Sum(id => id % 10 == 3 ? 0 : Math.Exp(theirs[id] + rewards[id]));
        }

        Assert.Equal(54, rows.shape[0]);
        Assert.Equal(0, r[0][13].item<float>());
        Assert.Equal(kl / 54, figures.Kl, 1e-5);
        Assert.Equal(c / 54, figures.CMean, 1e-4);
    }

    [Fact]
    public void Figures_OfAPortThatDoesNothing_ChangeNothing()
    {
        var space = TransferFixture.Space("the target", TransferFixture.Tokens);

        var figures = Measure(new TokenRisk(_fixture.Network("target"), space, _fixture.Carry("source", 1, space), [_fixture.Carry("zero-head", 1, space)]));

        Assert.Equal((0d, 0d, 1d), (figures.LargestChange, figures.Moved, Math.Round(figures.CMax, 5)));
    }

    private static Tensor Logits(IReadOnlyList<HeadTerm> terms) => HeadChunks.Logits(terms, 0, terms[0].Input.shape[0]);

    private static double[] LogSoftmax(Tensor row, Func<int, bool> counts)
    {
        double[] values = [.. Values(row)];
        double sum = Math.Log(values.Where((_, id) => counts(id)).Sum(Math.Exp));
        return [.. values.Select(value => value - sum)];
    }

    private static IEnumerable<double> Values(Tensor row) => row.data<float>().ToArray().Select(value => (double)value);

    private TokenRiskFigures Measure(TokenRisk risk)
    {
        risk.Add(_fixture.Batch, Rows());
        return risk.Figures();
    }

    private Tensor Rows() => _fixture.Real.flatten().nonzero().squeeze(-1);

    private Tensor Real(Tensor values) => values.flatten(0, 1).index_select(0, Rows()).to_type(ScalarType.Float64);

    private double Moved(Tensor ported)
    {
        using var scope = NewDisposeScope();
        Tensor after = Real(ported), before = Real(_fixture.Expected("target").log_softmax(-1));
        return (after.exp() * (after - before)).sum(1).mean().item<double>();
    }
}
