using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Statistics;
using Ptune.Fixtures;
using Ptune.Learning.Jobs.Language;

namespace Ptune.Learning.Tests.Evaluation;

/// <summary>Paired tests against values that were computed independently.</summary>
public sealed class PairedBootstrapTests : IDisposable
{
    private readonly JsonDocument _expected = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "fixtures", "judging", "paired.json")));

    public void Dispose() => _expected.Dispose();

    [Fact]
    public void Of_BitsPerByte_HasTheReferencesInterval()
    {
        var bits = _expected.RootElement.GetProperty("bits");
        double bit = Math.Log(2);

        var found = PairedBootstrap.Of([.. Numbers(bits, "natsAfter").Zip(Numbers(bits, "natsBefore"), (after, before) => (after - before) / bit)], Numbers(bits, "bytes"), 40_000, seed: 1);

        double[] interval = Numbers(bits, "bootstrap95");
        double allowed = 0.02 * (interval[1] - interval[0]);
        Assert.Equal(bits.GetProperty("difference").GetDouble(), found.Difference, 1e-12);
        Assert.Equal(interval[0], found.Low, allowed);
        Assert.Equal(interval[1], found.High, allowed);
        Assert.Equal(bits.GetProperty("bootstrapStandardError").GetDouble(), found.StandardError, allowed);
    }

    [Fact]
    public void Compare_RightAndWrong_HasTheReferencesTestAndFlips()
    {
        var right = _expected.RootElement.GetProperty("right");

        var found = EvaluationComparison.Compare(Values(right, "before"), Values(right, "after"), new ComparisonSpec { Groups = [] }).ToDictionary(figure => figure.Name, figure => figure.Value);

        Assert.Equal(right.GetProperty("mcnemarExact").GetDouble(), found["accuracy.p"], 1e-12);
        Assert.Equal((right.GetProperty("onlyAfter").GetInt32(), right.GetProperty("negativeFlips").GetInt32()), (found["accuracy.gained"], found["accuracy.negativeFlips"]));
        Assert.Equal(20 / 400.0, found["accuracy.difference"], 1e-12);
    }

    [Fact]
    public void Compare_OtherExamples_IsRefused()
    {
        var right = _expected.RootElement.GetProperty("right");
        Assert.ThrowsAny<LearningException>(() => EvaluationComparison.Compare(Values(right, "before"), [.. Values(right, "after").Skip(1)], new ComparisonSpec { Groups = [] }).ToList());
    }

    private static double[] Numbers(JsonElement from, string name) => [.. from.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static List<Dictionary<string, double>> Values(JsonElement from, string name) => [.. Numbers(from, name).Select(value => new Dictionary<string, double> { ["accuracy"] = value })];
}
