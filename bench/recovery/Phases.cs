using System.Globalization;
using Ptune.Contracts.Jobs;

namespace Ptune.Recovery.Bench;

/// <summary>Where the time goes from the kill of a worker to the first step of the next attempt: seconds since the kill.</summary>
/// <param name="Expired">The job was taken from the dead worker.</param>
/// <param name="Leased">Another worker had it.</param>
/// <param name="Executor">That worker's executor had answered.</param>
/// <param name="Begun">Its checkpoint was there, and the executor was told to run.</param>
/// <param name="Shown">The API showed a step of the attempt.</param>
internal sealed record Phases(double Expired, double Leased, double Executor, double Begun, double Shown)
{
    /// <param name="log">Of the next attempt, each line with its time.</param>
    public static Phases Of(JobView job, string log, DateTimeOffset killed, double shown)
    {
        var leased = job.Timeline.Last(e => e.Status == JobStatus.Leased);
        var expired = job.Timeline.Last(e => e.Status == JobStatus.Queued && e.At <= leased.At);
        return new Phases(Since(expired.At), Since(leased.At), Since(Said("Running on ")), Since(Said("Starting from ")), shown);

        double Since(DateTimeOffset at) => (at - killed).TotalSeconds;

        DateTimeOffset Said(string words)
        {
            var line = log.Split('\n').First(l => l.Contains($" {words}", StringComparison.Ordinal));
            return DateTimeOffset.Parse(line[..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Medians, and each phase's own share.</summary>
    public static string Words(IReadOnlyCollection<Phases> rounds)
    {
        return $"lease over {Median(p => p.Expired):F2} s, given to a worker +{Median(p => p.Leased - p.Expired):F2}, executor there +{Median(p => p.Executor - p.Leased):F2}, "
            + $"checkpoint there +{Median(p => p.Begun - p.Executor):F2}, first step shown +{Median(p => p.Shown - p.Begun):F2}";

        double Median(Func<Phases, double> of)
        {
            var sorted = rounds.Select(of).Order().ToArray();
            return sorted[sorted.Length / 2];
        }
    }
}
