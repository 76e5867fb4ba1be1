using System.Globalization;

namespace Ptune.Executor.Hub;

/// <summary>Asks again when the hub is in trouble: after a pause that doubles, or that the hub names.</summary>
/// <param name="pause">Waits; tests do not.</param>
internal sealed class HubRetries(HubSettings settings, Func<TimeSpan, CancellationToken, Task> pause)
{
    // A connection that brings this much before it breaks is slow, not dead.
    private const long Progress = 1 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">The last trouble, once there were too many without progress, or where the hub asks to wait for too long.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var failed = 0; ;)
        {
            try
            {
                return await attempt();
            }
            catch (HubTroubleException trouble)
            {
                failed = trouble.Brought >= Progress ? 1 : failed + 1;
                if (trouble.After > settings.LongestPause)
                    throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{trouble.Message} The hub asks to wait for {trouble.After.Value.TotalSeconds:0} s: try again later."), trouble);
                if (failed >= settings.Tries) throw new IOException($"{trouble.Message} Given up after {failed} tries without progress.", trouble);
                var next = TimeSpan.FromSeconds(Math.Pow(2, failed - 1));
                await pause(trouble.After ?? (next < s_longest ? next : s_longest), cancellation);
            }
        }
    }
}
