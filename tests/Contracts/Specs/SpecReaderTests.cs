using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

public sealed class SpecReaderTests
{
    [Fact]
    public void Read_OfAStudy_FillsTheDefaultsIn()
    {
        var reading = SpecReader.Read(Samples.Study);

        Assert.Empty(reading.Problems);
        var study = Assert.IsType<TransferStudySpec>(reading.Spec);
        Assert.Equal([1, 2, 3], study.Seeds);
        Assert.Equal(500, study.TuningExamples);
        Assert.Equal(2, study.Models["vit@v1"].Pretraining!.Recipe.Epochs);
        Assert.Equal(64, Assert.IsType<VitSpec>(study.Models["vit@v1"].Architecture).Dim);
        Assert.Equal(32, Assert.IsType<MlpSpec>(study.Models["mlp@v1"].Architecture).Hidden);
    }

    [Theory]
    [InlineData("name: sample", "nmae: sample", "nmae", 3, 1, "Did you mean 'name'?")]
    [InlineData("kind: TransferStudy", "kind: TransfrStudy", "kind", 2, 7, "Did you mean 'TransferStudy'?")]
    [InlineData("source: vit@v1", "source: vit@v2", "source", 20, 9, "Did you mean 'vit@v1'?")]
    [InlineData("targets: [mlp@v1]", "targets: [mlp@v1, vit@v1]", "targets[1]", 21, 19, "other models")]
    [InlineData("targets: [mlp@v1]", "targets: mlp@v1", "targets", 21, 10, "list")]
    [InlineData("targets: [mlp@v1]", "targets: []", "targets", 21, 10, "list of at least 1")]
    [InlineData("{ epochs: 2 } }\nsource", "{ epochs: -2 } }\nsource", "models.mlp@v1.pretraining.recipe.epochs", 19, 38, "at least 1")]
    [InlineData("{ epochs: 2 } }\nsource", "{ epochs: two } }\nsource", "models.mlp@v1.pretraining.recipe.epochs", 19, 38, "whole number")]
    [InlineData("{ epochs: 2 } }\nsource", "{ epochs: \"2\" } }\nsource", "models.mlp@v1.pretraining.recipe.epochs", 19, 38, "without quotes")]
    [InlineData("{ epochs: 2 } }\nsource", "{ learningRate: 0 } }\nsource", "models.mlp@v1.pretraining.recipe.learningRate", 19, 44, "above 0")]
    [InlineData("count: 100", "count: 60000", "models.vit@v1.pretraining.count", 16, 27, "split has 50000")]
    [InlineData("architecture: { kind: vit }", "architecture: { kind: vit, heads: 5 }", "models.vit@v1.architecture.heads", 15, 39, "do not divide")]
    [InlineData("architecture: { kind: vit }", "artifact: other@v1", "models.vit@v1", 15, 5, "from the store and pretrained")]
    [InlineData("location: /data/tiny", "location: data/tiny", "dataset.location", 6, 13, "full path")]
    [InlineData("path: test-labels", "path: ../test-labels", "dataset.files.testLabels.path", 11, 25, "below")]
    [InlineData("labels: [even, odd]", "labels: [even, even]", "dataset.labels[1]", 12, 18, "appears twice")]
    [InlineData("apiVersion: ptune/v1", "apiVersion: ptune/v2", "apiVersion", 1, 13, "ptune/v1")]
    public void Read_OfOneMistake_NamesItsPlaceAndTheFix(string line, string replacement, string path, int row, int column, string words)
    {
        var reading = SpecReader.Read(Samples.With(line.Replace("\\n", "\n", StringComparison.Ordinal), replacement));

        Assert.Null(reading.Spec);
        var problem = Assert.Single(reading.Problems, p => p.Path == path);
        Assert.Equal((row, column), (problem.Line, problem.Column));
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfNeeds_TakesThemWhole()
    {
        var reading = SpecReader.Read("apiVersion: ptune/v1\nkind: NoOp\nscheduling:\n  needs: { device: cuda, memoryGiB: 40, labels: { zone: a } }\n");

        Assert.Empty(reading.Problems);
        Assert.Equal(new Needs { Device = DeviceKind.Cuda, MemoryGiB = 40, Labels = new() { ["zone"] = "a" } }, reading.Spec!.Scheduling.Needs);
    }

    [Theory]
    [InlineData("device: gpu", "scheduling.needs.device", "cpu, cuda")]
    [InlineData("memoryGiB: 0", "scheduling.needs.memoryGiB", "above 0")]
    [InlineData("labels: { \"two words\": a }", "scheduling.needs.labels.two words", "not a valid label name")]
    [InlineData("gpus: 2", "scheduling.needs.gpus", "Known here: device, labels, memoryGiB")]
    public void Read_OfWrongNeeds_NamesThePlace(string line, string path, string words)
    {
        var reading = SpecReader.Read($"apiVersion: ptune/v1\nkind: NoOp\nscheduling:\n  needs:\n    {line}\n");

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((path, 5), (problem.Path, problem.Line));
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfManyMistakes_FindsAllOfThemAtOnce()
    {
        var text = Samples.With("name: sample", "nmae: sample")
            .Replace("hidden: 32", "hidden: -32", StringComparison.Ordinal)
            .Replace("count: 100", "count: lots", StringComparison.Ordinal)
            .Replace("targets: [mlp@v1]", "targets: [cnn@v1]", StringComparison.Ordinal);

        var paths = SpecReader.Read(text).Problems.Select(p => p.Path).ToArray();

        Assert.Equal(["name", "nmae", "models.vit@v1.pretraining.count", "models.mlp@v1.architecture.hidden", "targets[0]"], paths);
    }

    [Fact]
    public void Read_WithoutARequiredKey_SaysWhatIsMissingAndStillChecksTheRest()
    {
        var text = Samples.With("  location: /data/tiny\n", "").Replace("source: vit@v1", "source: nobody", StringComparison.Ordinal);

        var problems = SpecReader.Read(text).Problems;

        Assert.Contains(problems, p => p.Path == "dataset.location" && p.Message.Contains("missing", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Path == "source");
        Assert.Equal(2, problems.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    [InlineData("a: [1, 2")]
    [InlineData("a: 1\na: 2")]
    [InlineData("apiVersion: ptune/v1\n---\nkind: Scoring")]
    [InlineData("a: &x [*x, *x]")]
    public void Read_OfWhatIsNoSpec_IsAProblemAndNoException(string text)
    {
        var reading = SpecReader.Read(text);

        Assert.Null(reading.Spec);
        Assert.NotEmpty(reading.Problems);
        Assert.All(reading.Problems, p => Assert.NotEmpty(p.Fix));
    }

    [Fact]
    public void Read_OfATextThatExpandsWithoutEnd_RefusesItUnexpanded()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
        for (var c = 'b'; c <= 'z'; c++) bomb += $"{c}: &{c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n";

        var reading = SpecReader.Read(bomb + Samples.With("targets: [mlp@v1]", "targets: *z"));

        Assert.Contains("what aliases repeat included", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    public void Read_OfATextNestedWithoutEnd_Refuses(string opening)
    {
        var reading = SpecReader.Read(string.Concat(Enumerable.Repeat(opening, 200_000)));

        Assert.Contains("nested", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfJson_IsTheSameSpec()
    {
        var spec = SpecReader.Read(Samples.Study).Spec;
        var json = System.Text.Json.JsonSerializer.Serialize(spec, SpecJson.Options);

        var again = SpecReader.Read(json);

        Assert.Empty(again.Problems);
        Assert.Equal(json, System.Text.Json.JsonSerializer.Serialize(again.Spec, SpecJson.Options));
    }
}
