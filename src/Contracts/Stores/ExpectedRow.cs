namespace Ptune.Contracts.Stores;

/// <summary>
/// A note that the row of a job, study or sweep is to come: its state is about to be written for the first time, or anew after its end. Whoever finds the note and
/// no such row knows that somebody died between the two.
/// </summary>
/// <param name="Kind">As in <see cref="JobRow.Kind"/>.</param>
/// <param name="Version">The row that is to come has this version or a later one.</param>
/// <param name="At">When it was noted.</param>
public sealed record ExpectedRow(string JobId, string Pool, string Kind, long Version, DateTimeOffset At)
{
    public static ExpectedRow Of(JobRow row, DateTimeOffset now) => new(row.JobId, row.Pool, row.Kind, row.Version, now);
}
