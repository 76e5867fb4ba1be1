using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;

namespace Ptune.Contracts.Tests.Carrying;

/// <summary>The rules of docs/language-transfer.md.</summary>
public sealed class CarryRulesTests
{
    private static readonly CarryComparison _gain = Compared(0.4, 0.3, 0.5), _none = Compared(0.1, -0.1, 0.3), _loss = Compared(-0.4, -0.5, -0.3);

    private static readonly RetrainingEstimate _muchMore = new(1, 0.5, 2, 3, 0.2, 0);

    [Fact]
    public void Decide_GainBeyondChance_Carries() => AssertDecides(CarryVerdict.Carry, "it was not measured", _gain, _gain);

    [Theory]
    [InlineData(29, CarryVerdict.Leave)]
    [InlineData(30, CarryVerdict.Carry)]
    public void Decide_FewExamples_IsNoGround(int count, CarryVerdict verdict) => AssertDecides(verdict, "", _gain with { Count = count }, _gain);

    [Fact]
    public void Decide_RetrainingProbablyGainsMoreThanTwice_Retrains() => AssertDecides(CarryVerdict.Retrain, "the port keeps 40 % of that", _gain, _gain, retraining: _muchMore);

    [Theory]
    [InlineData(null)]
    [InlineData(0.6)]
    public void Decide_EstimateThatFailsItsCheck_DoesNotDecide(double? error) => AssertDecides(CarryVerdict.Carry, "", _gain, _gain, retraining: _muchMore with { Error = error });

    [Fact]
    public void Decide_ForgetsMoreThanItGains_Retrains() => AssertDecides(CarryVerdict.Retrain, "becomes worse by 0.400 bits per byte", _gain, _gain, _loss);

    [Fact]
    public void Decide_ForgetsLessThanItGains_CarriesAndSaysSo() => AssertDecides(CarryVerdict.Carry, "becomes worse by 0.200 bits per byte", _gain, _gain, Compared(-0.2, -0.3, -0.1));

    [Fact]
    public void Decide_ForgetsInAnotherUnit_Retrains() => AssertDecides(CarryVerdict.Retrain, "worse by 10.0 points", _gain, _gain, new CarryComparison(MetricNames.Accuracy, 0.9, 0.8, -0.1, -0.12, -0.08, 100));

    [Fact]
    public void Decide_NoGainThoughTheSourceGained_Retrains() => AssertDecides(CarryVerdict.Retrain, "there is something to learn", _none, _gain);

    [Fact]
    public void Decide_LossThoughTheSourceGained_Retrains() => AssertDecides(CarryVerdict.Retrain, "worse on the probe, by 0.400 bits per byte (95 %: 0.300 to 0.500)", _loss, _gain);

    [Fact]
    public void Decide_TargetAlreadyAsGoodAsTheTunedSource_LeavesIt() => AssertDecides(CarryVerdict.Leave, "The target alone (1.400) is at least as good on the probe", _none with { Bare = 1.4 }, _gain);

    [Fact]
    public void Decide_NoGainOnItsOwnSource_LeavesIt() => AssertDecides(CarryVerdict.Leave, "do not show what it was tuned for", _none, _none);

    private static CarryComparison Compared(double gain, double low, double high) => new(MetricNames.BitsPerByte, 2, 2 - gain, gain, low, high, 100);

    private static void AssertDecides(CarryVerdict verdict, string reason, CarryComparison probe, CarryComparison own, CarryComparison? general = null, RetrainingEstimate? retraining = null)
    {
        var decision = CarryRules.Decide(new CarryFigures { Probe = probe, Own = own, General = general, Retraining = retraining });

        Assert.Equal(verdict, decision.Verdict);
        Assert.Contains(reason, string.Join(' ', decision.Reasons), StringComparison.Ordinal);
    }
}
