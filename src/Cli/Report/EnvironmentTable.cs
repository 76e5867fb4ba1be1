using System.Xml.Linq;
using static Ptune.Charts.Html;

namespace Ptune.Cli.Report;

/// <summary>What each kind of job ran on; more than one row for a kind where its jobs ran on different things.</summary>
internal static class EnvironmentTable
{
    public static object[] Of(ReportData report)
    {
        var groups = report.Jobs.Where(j => j.Result is not null).GroupBy(j => (j.Kind, j.Result!.Environment)).ToList();
        var elsewhere = report.Jobs.Where(j => j.Result is { ResumedElsewhere: true }).Select(j => j.Name).ToList();
        return
        [
            Table(
                ["Kind", ">Jobs", "Device", ">Threads", "Processor", "libtorch", ".NET", "System"],
                groups.Select(g => new object?[] { g.Key.Kind, g.Count(), g.Key.Environment.Device, g.Key.Environment.Threads, g.Key.Environment.Processor, g.Key.Environment.Torch, g.Key.Environment.Runtime, g.Key.Environment.Os })),
            E("p", Class("note"), elsewhere.Count == 0
                ? "No job was resumed in another environment: the same environment gives the same bytes again."
                : $"These jobs were resumed in another environment, so their bytes may differ from an uninterrupted run: {string.Join(", ", elsewhere)}."),
        ];
    }
}
