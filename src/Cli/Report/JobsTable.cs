using System.Xml.Linq;
using Ptune.Cli.Output;
using static Ptune.Charts.Html;

namespace Ptune.Cli.Report;

/// <summary>Every job of a run.</summary>
internal static class JobsTable
{
    public static XElement Of(ReportData report)
    {
        var reused = report.Reused;
        return Folded(report.Jobs.Length, 30, $"All {Words.Count(report.Jobs.Length, "job")}, {reused.Count} of them reused", Table(
            ["Name", "Kind", "Id", ">Attempts", ">Seconds", "Reused"],
            report.Jobs.Select(j => new object?[]
            {
                j.Name, j.Kind, E("code", j.JobId), j.Epoch, j.Result is { } result ? Words.Number(result.Seconds, "0.0") : "–", reused.Contains(j.JobId) ? "yes" : "no",
            })));
    }
}
