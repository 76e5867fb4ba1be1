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
        return Table(
            ["Name", "Kind", "Id", ">Attempts", ">Seconds", "Reused"],
            report.Jobs.Select(j => new object?[]
            {
                j.Name, j.Kind, E("code", j.JobId), j.Epoch, j.Result is { } result ? Words.Number(result.Seconds, "0.0") : "–", reused.Contains(j.JobId) ? "yes" : "no",
            }));
    }
}
