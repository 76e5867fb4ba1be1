namespace Ptune.Contracts.Stores;

/// <summary>For how long one attempt of a job held its device in one calendar month, UTC.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Began">When its lease began: a job whose state was lost counts its attempts from 1 again.</param>
/// <param name="Held">To the millisecond.</param>
public sealed record DeviceTimeRow(string JobId, DateOnly Month, long Epoch, DateTimeOffset Began, TimeSpan Held)
{
    /// <summary>The first day of a time's month, UTC.</summary>
    public static DateOnly MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);

    /// <summary>One row for each month that an attempt held its device in.</summary>
    public static IEnumerable<DeviceTimeRow> Of(string jobId, long epoch, DateTimeOffset began, DateTimeOffset ended)
    {
        for (var from = began; from < ended;)
        {
            var month = MonthOf(from);
            var next = new DateTimeOffset(month.AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero);
            var to = next < ended ? next : ended;
            yield return new DeviceTimeRow(jobId, month, epoch, began, to - from);
            from = to;
        }
    }
}
