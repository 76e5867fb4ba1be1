using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Tests.Admission;

/// <summary>Examples that a model cannot read at once are refused before a job fails by them.</summary>
public sealed class ContextCheckTests
{
    private static readonly SpecPositions s_positions = SpecReader.Read("kind: NoOp").Positions;

    [Theory]
    [InlineData(512, 511, false)]
    [InlineData(512, 512, true)]
    [InlineData(512, null, true)]
    public void Check_LongestExample_FitsTheContext(int maxTokens, int? context, bool isTaken)
    {
        var job = new FineTuningSpec { Data = Data(maxTokens), Base = "m@v1" };

        var problems = Check(job, context);

        Assert.Equal(isTaken, problems.Length == 0);
        if (!isTaken) Assert.Equal("Examples have up to 512 tokens, and m@v1 reads 511 at once.", problems[0].Message);
    }

    [Fact]
    public void Check_Evaluation_CutsByItself() => Assert.Empty(Check(new EvaluationSpec { Data = Data(512), Subject = "m@v1" }, 128));

    private static SpecProblem[] Check(JobSpec spec, int? context) =>
        [.. ContextCheck.Check(spec, [.. spec.Inputs().Select(input => new ResolvedInput(input, "sha256:0", null, "llama", context))], s_positions)];

    private static DataSpec Data(int maxTokens) => new()
    {
        Dataset = new TextDatasetSpec { Name = "d", Location = "/data", Files = [new DataFile { Path = "f.jsonl", Sha256 = new string('0', 64) }] },
        Splits = new SplitsSpec(),
        Split = Split.Tuning,
        MaxTokens = maxTokens,
    };
}
