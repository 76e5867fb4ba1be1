using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Tests.Admission;

/// <summary>Which artifacts go with which data, as far as fingerprints tell.</summary>
public sealed class OutputSpaceCheckTests
{
    private static readonly SpecPositions s_positions = SpecReader.Read("kind: NoOp").Positions;

    private static readonly KnownSpace s_tokens = new(OutputSpace.OfTokens([new("a", 0)]), null);

    [Fact]
    public void Check_LanguageModelOnLabelledTexts_IsTaken() => Assert.Empty(Check(Texts("spam", "ham"), s_tokens));

    [Fact]
    public void Check_ClassifierWithOtherLabels_IsRefused() => Assert.Single(Check(Texts("spam", "ham"), new KnownSpace(OutputSpace.OfLabels(["a", "b"]), ["a", "b"])));

    [Fact]
    public void Check_ClassifierThatIsTunedOnOtherLabels_IsTaken()
    {
        var spec = new FineTuningSpec { Base = "a@v1", Data = new DataSpec { Dataset = Texts("spam", "ham").Dataset, Splits = new SplitsSpec { Seed = 1 }, Split = Split.Tuning } };

        Assert.Empty(OutputSpaceCheck.Check(Texts("spam", "ham"), [Input("base", ["a", "b"])], s_positions, spec));
    }

    [Fact]
    public void Check_PatchWithTheLabels_BringsThemToItsSubject()
    {
        Assert.Empty(OutputSpaceCheck.Check(Texts("spam", "ham"), [Input("subject", ["a", "b"]), Input("patch", ["spam", "ham"])], s_positions));
        Assert.Single(OutputSpaceCheck.Check(Texts("spam", "ham"), [Input("subject", ["a", "b"]), Input("patch", ["a", "b"])], s_positions));
    }

    [Fact]
    public void Check_VocabulariesThatDiffer_AreLeftToTheJob() => Assert.Empty(Check(null, s_tokens, new KnownSpace(OutputSpace.OfTokens([new("a", 0), new("b", 1)]), null)));

    private static IEnumerable<SpecProblem> Check(SpecData? data, params KnownSpace[] spaces) =>
        OutputSpaceCheck.Check(data, [.. spaces.Select(space => new ResolvedInput(new JobInput("subject", "subject", "a@v1", ArtifactKind.Model), "sha256:0", space))], s_positions);

    private static ResolvedInput Input(string role, string[] labels) => new(new JobInput(role, role, "a@v1", ArtifactKind.Model), "sha256:0", new KnownSpace(OutputSpace.OfLabels(labels), labels));

    private static SpecData Texts(params string[] labels) =>
        new("data.dataset", new TextDatasetSpec { Name = "t", Location = "/data", Files = [], Format = TextFormat.TextLabel, Labels = labels });
}
