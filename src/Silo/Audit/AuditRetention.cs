using Ptune.Contracts.Audit;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Audit;

/// <summary>Removes rows that are older than <see cref="AuditOptions.Retention"/>. Several silos may ask; each chain's grain does it once.</summary>
internal sealed partial class AuditRetention(AuditOptions options, AuditChainList chains, IGrainFactory grains, TimeProvider time, ILogger<AuditRetention> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Retention is not { } kept) return;
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            do await PruneAsync(time.GetUtcNow() - kept, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task PruneAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        try
        {
            foreach (var chain in (string[])[AuditChains.System, .. await chains.AllButSystemAsync()])
            {
                cancellation.ThrowIfCancellationRequested();
                // A call removes so many rows at most, so that the chain's writers do not wait for it.
                while (await grains.GetGrain<IAuditChainGrain>(chain).Prune(before) is > 0 and var removed) LogRemoved(logger, removed, chain);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.Message);
        }
    }
}
