using System.Globalization;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>
/// How long an attempt held its device, as its job owes it to the catalog. The effect's target says everything, since the state may hold another attempt when it is performed; the row that
/// comes of it has the attempt in its key, so it counts once however often the effect is performed.
/// </summary>
internal static class HeldTime
{
    /// <summary>Owes what the attempt of this state has held until now; nothing where nobody holds the job, or its lease was never delivered.</summary>
    public static Outbox Owe(Outbox outbox, JobState state, DateTimeOffset now) =>
        state is { Status.IsHeld: true, LeaseBegan: { } began } && began < now
            ? outbox.With(JobEffects.DeviceTime, string.Create(CultureInfo.InvariantCulture, $"{state.Epoch}/{began.UtcTicks}/{now.UtcTicks}"))
            : outbox;

    public static IEnumerable<DeviceTimeRow> Rows(string jobId, string target)
    {
        long[] parts = [.. target.Split('/').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return DeviceTimeRow.Of(jobId, parts[0], Time(parts[1]), Time(parts[2]));
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
