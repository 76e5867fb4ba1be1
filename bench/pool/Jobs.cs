using System.Globalization;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;

namespace Ptune.Pool.Bench;

/// <summary>Queued jobs of five priorities and two kinds of needs, evenly among tenants, in a random but fixed order.</summary>
internal static class Jobs
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Strings and all are new for each job, as they are when they come over the wire.</summary>
    public static IEnumerable<QueuedJob> Of(int count, int tenants)
    {
        var random = new Random(17);
        for (var i = 0; i < count; i++)
        {
            var tenant = string.Create(CultureInfo.InvariantCulture, $"tenant-{random.Next(tenants)}");
            var needs = random.Next(2) == 0 ? null : new Needs { MemoryGiB = 4, Labels = new() { ["zone"] = "a" } };
            yield return new QueuedJob(
                string.Create(CultureInfo.InvariantCulture, $"{tenant}.{random.NextInt64():x16}{i:x16}"), tenant, 100 * random.Next(1, 6), Start.AddMilliseconds(i), [], Needs: needs);
        }
    }
}
