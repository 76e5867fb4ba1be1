using System.Xml.Linq;
using Ptune.Charts;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Tests.Report;

/// <summary>What the report of a language study says in words.</summary>
public sealed class LanguageWordsTests
{
    private static readonly LanguageStudySpec s_spec = new()
    {
        Datasets = [],
        Models = [],
        Sources = [],
        Tuning = new() { Data = "verses" },
        Methods = [new BareStudyMethod(), new PortedStudyMethod()],
        Tasks = [new BitsPerByteStudyTask { Name = "verses", Data = "verses" }, new BitsPerByteStudyTask { Name = "speeches", Data = "speeches" }],
    };

    [Fact]
    public void Summary_OverSeveralModels_GivesTheRange() => Assert.Equal(
        ["ported from a@v1 on 2 models: verses 0.250 to 1.000 better, speeches from 0.500 worse to 0.125 better."],
        LanguageSummary.Of(Result(Row("b@v1", "bare", 3, 2), Row("b@v1", "ported", 2, 2.5), Row("c@v1", "bare", 2.5, 2), Row("c@v1", "ported", 2.25, 1.875)), s_spec));

    [Fact]
    public void Summary_OfAccuracy_IsInPoints()
    {
        var spec = s_spec with { Tasks = [new AccuracyStudyTask { Name = "mails", Data = "mails" }] };
        StudyRow Of(string method, double mean) => Row("b@v1", method, 0)[0] with { Task = "mails", Metric = MetricNames.Accuracy, Mean = mean, Paired = [new StudyPaired { Difference = -0.125, Gained = 3, NegativeFlips = 5, P = 0.5 }] };
        var result = Result([Of("bare", 0.75) with { Paired = null }, Of("ported", 0.625)]);

        Assert.Equal("ported from a@v1 on 1 model: mails 12.5 points worse.", Assert.Single(LanguageSummary.Of(result, spec)));
        Assert.Equal("b@v1 ported from a@v1 against bare: mails 12.5 points worse.", Assert.Single(LanguageTables.Changes(result, spec)));
        Assert.Equal(["b@v1", "ported from a@v1", "mails", "-12.5", "3", "5", "0.500"], LanguageMatrix.Paired(result)!.Descendants("tbody").Single().Descendants().Where(cell => !cell.HasElements && cell.Name.LocalName != "tr").Select(cell => cell.Value));
    }

    [Fact]
    public void Harm_WhereAnotherTaskGains_IsAPrice() => Assert.Equal(
        [
            "Harmful: ported from a@v1 makes c@v1 worse at speeches, 2.500 against 2.000 without it.",
            "At a price: ported from a@v1 makes b@v1 better at verses and worse at speeches, 2.500 against 2.000 without it.",
        ],
        LanguageHarm.Of(Result(Row("b@v1", "bare", 3, 2), Row("b@v1", "ported", 2, 2.5), Row("c@v1", "bare", 2.5, 2), Row("c@v1", "ported", 2.5, 2.5)), s_spec));

    [Fact]
    public void Folded_FewParts_StandOpen()
    {
        Assert.Equal("p", Html.Folded(8, 8, "All 8", new XElement("p")).Name.LocalName);
        Assert.Equal("<details><summary>All 9</summary><p /></details>", Html.Folded(9, 8, "All 9", new XElement("p")).ToString(SaveOptions.DisableFormatting));
    }

    private static StudyRow[] Row(string target, string method, params double[] values) =>
        [.. s_spec.Tasks.Zip(values, (task, value) => new StudyRow { Source = method == "bare" ? null : "a@v1", Target = target, Method = method, Task = task.Title(), Metric = MetricNames.BitsPerByte, Mean = value, Values = [value] })];

    private static StudyResult Result(params StudyRow[][] rows) =>
        new() { Study = "words", StudyId = "words", Seeds = [1], Splits = [], Targets = [], Jobs = new(1, 0), Seconds = 1, Cells = [.. rows.SelectMany(row => row)] };
}
