using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.WebConsole.Figures;

namespace Ptune.WebConsole.Tests.Figures;

public sealed class ComparedRowTests
{
    [Fact]
    public void Of_TwoStudies_PutsTheSameFiguresBesideEachOther()
    {
        var rows = ComparedRow.Of(Study(Row("a@v1", "bare", 0.5), Row("a@v1", "ported", 0.6)), Study(Row("a@v1", "ported", 0.75), Row("b@v1", "bare", 0.25)));
        Assert.Equal(
            [("a@v1", "bare", "50.0", "–", "–"), ("a@v1", "ported", "60.0", "75.0", "+15.0"), ("b@v1", "bare", "–", "25.0", "–")],
            rows.Select(r => (r.Target, r.Method, r.ShowA, r.ShowB, r.Difference)));
    }

    private static StudyRow Row(string target, string method, double mean) => new() { Target = target, Method = method, Task = "accuracy", Metric = "accuracy", Mean = mean, Values = [mean] };

    private static StudyView Study(params StudyRow[] rows) => new()
    {
        StudyId = "default.0",
        Name = "s",
        Status = JobStatus.Succeeded,
        Version = 1,
        Cells = [],
        Created = DateTimeOffset.UnixEpoch,
        Spec = new TransferStudySpec { Dataset = null!, Splits = null!, Models = [], Source = "a@v1", Targets = [] },
        Result = new StudyResult { Study = "s", StudyId = "default.0", Seeds = [1], Splits = [], Targets = [], Jobs = new JobCounts(0, 0), Seconds = 0, Cells = rows },
    };
}
