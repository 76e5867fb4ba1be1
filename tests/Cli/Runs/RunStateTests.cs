using Ptune.Cli.Runs;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Tests.Runs;

public sealed class RunStateTests
{
    /// <summary>A study asks for a port's risk among its methods and among the weights that it tries: one job at two places.</summary>
    [Fact]
    public void With_AJobAtTwoPlaces_ShowsItsProgressAtBothAndKeepsIt()
    {
        RunCell[] cells = [Cell("same", "risk"), Cell("same", "risk, weight 1"), Cell("other", "tune")];
        var begin = new RunState("study", JobStatus.Running, cells, cells.Length);

        var reported = begin.With([Report("risk", 3), Report("risk, weight 1", 3)]);

        Assert.Equal([3, 3, null], reported.Cells.Select(cell => cell.Progress?.Step));
        Assert.Equal([3, 3, null], begin.Keeping(reported).Cells.Select(cell => cell.Progress?.Step));
    }

    private static RunCell Cell(string job, string name) => new(job, name, JobStatus.Running, Reused: false, null);

    private static StudyProgress Report(string key, long step) => new(key, "same", JobStatus.Running, new JobProgress(step, 10, null, 0));
}
