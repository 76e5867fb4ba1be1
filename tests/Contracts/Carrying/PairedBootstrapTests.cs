using System.Text.Json;
using Ptune.Contracts.Statistics;
using Ptune.Fixtures;

namespace Ptune.Contracts.Tests.Carrying;

public sealed class PairedBootstrapTests
{
    /// <summary>scipy's interval of 200,000 draws, in tests/fixtures/judging/paired.json; its note says how near is near enough.</summary>
    [Fact]
    public void Interval_OfBitsPerByte_IsThatOfTheFixture()
    {
        var bits = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "fixtures", "judging", "paired.json"))).RootElement.GetProperty("bits");
        double[] Of(string name) => bits.GetProperty(name).Deserialize<double[]>()!;

        var (low, high) = PairedBootstrap.Interval([.. Of("natsAfter").Zip(Of("natsBefore"), (after, before) => (after - before) / Math.Log(2))], Of("bytes"));

        var expected = Of("bootstrap95");
        var near = 0.02 * (expected[1] - expected[0]);
        Assert.Equal(expected[0], low, near);
        Assert.Equal(expected[1], high, near);
    }

    [Fact]
    public void Interval_OfEqualDifferences_IsThatDifference() => Assert.Equal((0.5, 0.5), PairedBootstrap.Interval([1, 1, 1], [2, 2, 2]));

    [Fact]
    public void Interval_SameSeed_IsTheSame() => Assert.Equal(PairedBootstrap.Interval([1, -1, 3, 0], [1, 1, 1, 1], 7), PairedBootstrap.Interval([1, -1, 3, 0], [1, 1, 1, 1], 7));

    [Fact]
    public void Interval_WithoutExamples_IsRefused() => Assert.Throws<ArgumentException>(() => PairedBootstrap.Interval([], []));
}
