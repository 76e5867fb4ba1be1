using Ptune.Contracts.Audit;

namespace Ptune.Silo.Audit;

/// <summary>Writes what <see cref="RefusalLedger"/> has counted.</summary>
internal sealed partial class RefusalWriting(RefusalLedger ledger, AuditChainList chains, IGrainFactory grains, TimeProvider time, ILogger<RefusalWriting> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    /// <summary>Writes what was counted, before somebody reads.</summary>
    public Task WriteAsync() => WriteAsync(ledger.Take());

    /// <summary>The silo still answers: hosted services stop in the opposite order of their start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(ledger.Take(isForced: true)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(ledger.Take());
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task WriteAsync(IReadOnlyList<(string Chain, AuditEntry Entry)> refused)
    {
        if (refused.Count == 0) return;
        try
        {
            // Refused requests begin no chain: on an open server a caller may name any tenant.
            var known = (await chains.AllButSystemAsync()).ToHashSet(StringComparer.Ordinal);
            await Task.WhenAll(refused.Select(r => grains.GetGrain<IAuditChainGrain>(known.Contains(r.Chain) ? r.Chain : AuditChains.System).Append(r.Entry)));
        }
        catch (Exception e)
        {
            LogFailed(logger, refused.Count, e.Message);
        }
    }
}
