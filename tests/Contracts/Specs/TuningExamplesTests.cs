using System.Text.Json;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>A study's <c>tuningExamples</c>, which was called <c>labels</c>: what is stored and hashed keeps that name.</summary>
public sealed class TuningExamplesTests
{
    /// <summary>The ids are those that the version computed in which the key was <c>labels</c>.</summary>
    [Theory]
    [InlineData("", 500, "default.10f67057a9802cb6d357f77ed87128d7")]
    [InlineData("labels: 700", 700, "default.f4ed3c0dd2f96ade63bb9518023f1f79")]
    [InlineData("tuningExamples: 700", 700, "default.f4ed3c0dd2f96ade63bb9518023f1f79")]
    public void OfStudy_UnderEitherName_IsTheIdOfTheVersionBefore(string line, int expected, string id)
    {
        var study = Study(line);
        Assert.Equal(expected, study.TuningExamples);
        Assert.Equal(id, JobIds.OfStudy("default", study));
    }

    [Fact]
    public void Serialize_ForPeople_SaysTuningExamplesAndForTheStoreLabels()
    {
        var (people, store) = (JsonSerializer.Serialize(Study("labels: 700"), SpecJson.Options), JsonSerializer.Serialize(Study("labels: 700"), SpecJson.Stored));
        Assert.Contains("\"tuningExamples\":700", people, StringComparison.Ordinal);
        Assert.DoesNotContain("\"labels\":700", people, StringComparison.Ordinal);
        Assert.Contains("\"labels\":700", store, StringComparison.Ordinal);
        Assert.DoesNotContain("tuningExamples", store, StringComparison.Ordinal);
        foreach (var text in new[] { people, store }) Assert.Equal(700, JsonSerializer.Deserialize<TransferStudySpec>(text, SpecJson.Options)!.TuningExamples);
        Assert.Equal(700, JsonSerializer.Deserialize<TransferStudySpec>(store, SpecJson.Stored)!.TuningExamples);
    }

    [Theory]
    [InlineData("labels: 0", "at least 1", 22)]
    [InlineData("labels: 4001", "the split has 4000", 22)]
    [InlineData("labels: 7\ntuningExamples: 7", "former name of 'tuningExamples'", 22)]
    [InlineData("tuningExamples: 7\nlabels: 7", "former name of 'tuningExamples'", 23)]
    [InlineData("labels: 7\nlabels: 7", "appears twice", 23)]
    public void Read_OfAMistake_NamesItsLine(string lines, string words, int line)
    {
        var problem = Assert.Single(SpecReader.Read($"{Samples.Study}\n{lines}\n").Problems);
        Assert.Equal(("tuningExamples", line), (problem.Path, problem.Line));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAMisspeltKey_SuggestsTheNewNameOnly() =>
        Assert.Contains("'tuningExamples'", Assert.Single(SpecReader.Read($"{Samples.Study}\ntuningExample: 7\n").Problems).Fix, StringComparison.Ordinal);

    private static TransferStudySpec Study(string line) => (TransferStudySpec)SpecReader.Read($"{Samples.Study}\n{line}\n").Spec!;
}
