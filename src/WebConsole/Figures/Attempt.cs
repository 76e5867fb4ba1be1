using Ptune.Contracts.Jobs;

namespace Ptune.WebConsole.Figures;

/// <summary>One try at a job, as its timeline tells it.</summary>
/// <param name="Held">How long it had a device; of the current one, until now.</param>
/// <param name="End">How it ended, in words; empty while it runs.</param>
public sealed record Attempt(long Epoch, DateTimeOffset Began, TimeSpan Held, string End)
{
    public static IReadOnlyList<Attempt> Of(JobView job, DateTimeOffset now)
    {
        var attempts = new List<Attempt>();
        foreach (var events in job.Timeline.Where(e => e.Epoch > 0).GroupBy(e => e.Epoch))
        {
            if (events.FirstOrDefault(e => e.Status == JobStatus.Leased) is not { } begin) continue;
            var end = events.FirstOrDefault(e => e.At >= begin.At && !e.Status.IsHeld);
            var held = (end?.At ?? (job.Status.IsHeld && job.Epoch == events.Key ? now : events.Last().At)) - begin.At;
            attempts.Add(new Attempt(events.Key, begin.At, held < TimeSpan.Zero ? TimeSpan.Zero : held, end is null ? "" : Words(end)));
        }
        return attempts;
    }

    private static string Words(JobEvent end)
    {
        var how = end.Signal is { } signal ? $", {signal}" : end.ExitCode is { } code ? $", exit code {code}" : "";
        return $"{end.Why}{how}";
    }
}
