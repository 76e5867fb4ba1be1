using Microsoft.Extensions.Logging;
using Ptune.Contracts.Messages;

namespace Ptune.Grains.Pools;

/// <summary>
/// Wakes workers without ever making a caller wait: a broker may be away for seconds. What is lost, the sweep sends again, so there is a
/// limit to what may be under way.
/// </summary>
internal sealed partial class Announcer(IWorkAnnouncer bus, string pool, TimeProvider time, ILogger logger)
{
    private const int MostUnderWay = 64;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private int _underWay;

    public void Announce(int times)
    {
        for (var i = 0; i < times && _underWay < MostUnderWay; i++) _ = AnnounceAsync();
    }

    private async Task AnnounceAsync()
    {
        _underWay++;
        try
        {
            await Task.Yield();
            using var patience = new CancellationTokenSource(_patience, time);
            await bus.AnnounceAsync(pool, patience.Token);
        }
        catch (Exception problem)
        {
            LogLost(pool, problem.Message);
        }
        finally
        {
            _underWay--;
        }
    }
}
