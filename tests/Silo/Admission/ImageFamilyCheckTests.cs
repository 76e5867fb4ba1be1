using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Tests.Admission;

/// <summary>Which imported models are taken for work on images.</summary>
public sealed class ImageFamilyCheckTests
{
    private static readonly SpecPositions s_positions = SpecReader.Read("kind: NoOp").Positions;

    [Theory]
    [InlineData(null, true, true)]
    [InlineData("vit", true, true)]
    [InlineData("clip", false, true)]
    [InlineData("llama", false, false)]
    public void Check_Family_IsTrainedOrScoredOrNeither(string? family, bool isTrained, bool isScored)
    {
        var data = new DataSpec { Dataset = new ImageDatasetSpec { Name = "d", Location = "/data", Labels = ["a", "b"], Files = Files() }, Splits = new SplitsSpec(), Split = Split.Tuning };

        Assert.Equal(isTrained, Check(new FineTuningSpec { Data = data, Base = "m@v1" }, family).Length == 0);
        Assert.Equal(isScored, Check(new ScoringSpec { Data = data, Subject = "m@v1" }, family).Length == 0);
    }

    private static SpecProblem[] Check(JobSpec spec, string? family) =>
        [.. ImageFamilyCheck.Check(spec, [.. spec.Inputs().Select(input => new ResolvedInput(input, "sha256:0", null, family))], s_positions)];

    private static IdxFiles Files()
    {
        var file = new DataFile { Path = "f", Sha256 = new string('0', 64) };
        return new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file };
    }
}
