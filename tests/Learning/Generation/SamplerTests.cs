using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Learning.Generation;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Generation;

public sealed class SamplerTests
{
    private static readonly JsonDocument _cases = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "judging", "sampling.json")));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, _cases.RootElement.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Probabilities_PenaltyTemperatureTopKTopP_AreTransformers(int number)
    {
        var item = _cases.RootElement[number];
        var options = new SamplingOptions
        {
            Temperature = Number("temperature") ?? 1,
            TopK = (int?)Number("top_k"),
            TopP = Number("top_p"),
            RepetitionPenalty = Number("repetition_penalty") ?? 1,
        };
        using var scope = NewDisposeScope();
        var logits = tensor(Floats("logits")).unsqueeze(0);
        long[] previous = [.. item.GetProperty("previous").EnumerateArray().Select(id => id.GetInt64())];
        float[] actual = new Sampler(options, [0]).Probabilities(logits, [previous])[0].data<float>().ToArray();
        float[] expected = Floats("probabilities");
        Assert.Equal(expected.Select(p => p == 0), actual.Select(p => p == 0));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));

        double? Number(string name) => item.TryGetProperty(name, out var value) ? value.GetDouble() : null;

        float[] Floats(string name) => [.. item.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
    }

    [Fact]
    public void Next_ManyDraws_ComeAsOftenAsTheirProbabilities()
    {
        using var scope = NewDisposeScope();
        const int draws = 4_000;
        float[] logits = [0, 1, -1, 2];
        var sampler = new Sampler(new SamplingOptions { Temperature = 1, Seed = 7 }, [.. Enumerable.Range(0, draws)]);
        long[] drawn = sampler.Next(tensor(logits).expand(draws, 4), [.. Enumerable.Range(0, draws)], [.. Enumerable.Repeat<long[]>([], draws)]);
        float[] expected = tensor(logits).softmax(0).data<float>().ToArray();
        // Five standard deviations of a count.
        Assert.All(expected.Index(), pair => Assert.InRange(
            drawn.Count(id => id == pair.Index) / (double)draws,
            pair.Item - (5 * Math.Sqrt(pair.Item * (1 - pair.Item) / draws)),
            pair.Item + (5 * Math.Sqrt(pair.Item * (1 - pair.Item) / draws))));
    }

    [Theory]
    [InlineData(-1, null, null, 1, "temperature")]
    [InlineData(double.NaN, null, null, 1, "temperature")]
    [InlineData(1, -2, null, 1, "top-k")]
    [InlineData(1, null, 1.5, 1, "top-p")]
    [InlineData(1, null, 0d, 1, "top-p")]
    [InlineData(1, null, null, 0, "repetition-penalty")]
    public void Sampler_ValueOutOfItsRange_IsRefused(double temperature, int? topK, double? topP, double penalty, string named)
    {
        var options = new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP, RepetitionPenalty = penalty };
        Assert.Contains(named, Assert.Throws<LearningException>(() => new Sampler(options, [0])).Message, StringComparison.Ordinal);
    }
}
