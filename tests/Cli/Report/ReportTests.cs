using System.Text.Json;
using System.Xml.Linq;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Report;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Tests.Report;

/// <summary>Reports of runs with names and figures that do not fit.</summary>
public sealed class ReportTests
{
    private const string LongName = "a-model-with-a-name-of-many-more-letters-than-the-bars@v12";

    private static readonly string[] Labels = ["turned \u202Eback", "two\nlines", new('w', 200), "עברית"];

    [Fact]
    public void Html_LabelsThatActOnTheirText_StandForThemselves()
    {
        var html = HtmlReport.Of(Study());
        Assert.DoesNotContain('\u202E', html);
        Assert.Contains("<bdi>turned \\u202eback</bdi>", html, StringComparison.Ordinal);
        Assert.Contains("<bdi>עברית</bdi>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_LongModelName_IsBrokenIntoLinesThatFitUnderItsBars()
    {
        var page = XDocument.Parse(HtmlReport.Of(Study()).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        var label = page.Descendants("text").Single(t => t.Value == LongName);
        Assert.All(label.Elements("tspan"), line => Assert.InRange(line.Value.Length, 1, 26));
        // Every line is inside the picture.
        var height = double.Parse(label.Ancestors("svg").First().Attribute("viewBox")!.Value.Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);
        var last = (double)label.Attribute("y")! + label.Elements("tspan").Sum(t => (double)t.Attribute("dy")!);
        Assert.InRange(last, 0, height - 3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0.02)]
    [InlineData(0.0004)]
    [InlineData(2.5e-6)]
    [InlineData(7e-11)]
    public void Axis_OfAnyMagnitude_HasADifferentLabelAtEachTick(double highest)
    {
        var axis = Axis.Around(0, highest, 200, 0);
        var ticks = axis.Ticks().ToArray();
        Assert.Equal(ticks.Length, ticks.Select(axis.Label).Distinct().Count());
        foreach (var tick in ticks) Assert.Equal(tick, double.Parse(axis.Label(tick), System.Globalization.CultureInfo.InvariantCulture), axis.Step / 100);
    }

    [Fact]
    public void Files_AddressWithSecrets_HoldsNone()
    {
        const string address = "https://user:secret@example.org/images?sig=secret&x=1#secret";
        var study = Study(address);
        var job = study with { Study = null, Jobs = [study.Jobs[0] with { Message = $"could not fetch {address}." }] };
        foreach (var text in new[] { HtmlReport.Of(study), study.ResultText, HtmlReport.Of(job), job.ResultText, RunFolder.SpecText(study.Spec) })
        {
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        }
        Assert.Contains("https://...@example.org/images?...", job.ResultText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/a/b.gz", "https://example.org/a/b.gz")]
    [InlineData("/data/images?x", "/data/images?x")]
    [InlineData("see http://u:p@h/x?q=1, then http://h2?k", "see http://...@h/x?... then http://h2?...")]
    [InlineData("vit@v2 with a:b@c", "vit@v2 with a:b@c")]
    public void Redaction_OfAText_TakesOutOnlyWhatGivesAccess(string text, string redacted) => Assert.Equal(redacted, Redaction.Of(text));

    private static ReportData Study(string location = "/data")
    {
        var file = new DataFile { Path = "images", Sha256 = new('d', 64) };
        var dataset = new ImageDatasetSpec { Name = "tiny", Location = location, Labels = Labels, Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file } };
        var recipe = new TrainingRecipe { Epochs = 2 };
        StudyModel Model(ArchitectureSpec architecture) => new() { Architecture = architecture, Pretraining = new StudyPretraining { Recipe = recipe } };
        var spec = new TransferStudySpec
        {
            Name = "sample",
            Dataset = dataset,
            Models = new() { ["vit@v1"] = Model(new VitSpec()), [LongName] = Model(new CnnSpec()) },
            Source = "vit@v1",
            Targets = [LongName],
        };
        var view = FabricatedStudy.View(spec, JobStatus.Succeeded, _ => JobStatus.Succeeded);
        view = view with { Result = FabricatedStudy.Result(spec, view.StudyId) };
        var plan = StudyPlanner.Plan("default", spec, new Dictionary<string, string>());
        JobView[] jobs = [.. plan.Jobs.Select(j => FabricatedStudy.Job(j.JobId, j.Name, j.Spec, j.Spec.GetType().Name.Replace("Spec", "", StringComparison.Ordinal)))];
        return new ReportData(view, jobs, spec, new ServerInfo("0.1.0", "embedded", 1, FakeRuns.Then, "/dashboard"), FakeRuns.Then);
    }
}
