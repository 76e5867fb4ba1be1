using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;

namespace Ptune.Contracts.Tests.Carrying;

public sealed class CarryComparisonTests
{
    [Fact]
    public void Of_BitsPerByte_IsTheRatioOfSumsAndLowIsGood()
    {
        var compared = CarryComparison.Of(MetricNames.BitsPerByte, [Bits(10, 4), Bits(30, 16)], [Bits(8, 4), Bits(20, 16)]);

        Assert.Equal(40 / 20.0 / Math.Log(2), compared.Bare, 12);
        Assert.Equal(28 / 20.0 / Math.Log(2), compared.Carried, 12);
        Assert.Equal(12 / 20.0 / Math.Log(2), compared.Gain, 12);
        Assert.True(compared.IsGain);
        Assert.InRange(compared.Gain, compared.Low, compared.High);
    }

    [Fact]
    public void Of_Accuracy_HighIsGood()
    {
        Dictionary<string, double>[] bare = [.. Enumerable.Range(0, 40).Select(i => Right(i < 30))], carried = [.. Enumerable.Range(0, 40).Select(i => Right(i < 10))];

        var compared = CarryComparison.Of(MetricNames.Accuracy, bare, carried);

        Assert.Equal((0.75, 0.25, -0.5), (compared.Bare, compared.Carried, compared.Gain));
        Assert.True(compared is { IsLoss: true, IsGain: false });
    }

    [Fact]
    public void Of_OtherExamples_IsRefused() => Assert.Throws<InvalidDataException>(() => CarryComparison.Of(MetricNames.BitsPerByte, [Bits(1, 1)], [Bits(1, 1), Bits(1, 1)]));

    [Fact]
    public void Of_MissingValue_IsNamed() =>
        Assert.Contains("'nats'", Assert.Throws<InvalidDataException>(() => CarryComparison.Of(MetricNames.BitsPerByte, [Right(true)], [Right(true)])).Message, StringComparison.Ordinal);

    private static Dictionary<string, double> Bits(double nats, double bytes) => new() { ["nats"] = nats, ["bytes"] = bytes };

    private static Dictionary<string, double> Right(bool right) => new() { [MetricNames.Accuracy] = right ? 1 : 0 };
}
