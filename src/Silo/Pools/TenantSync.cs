using Ptune.Grains.Identity;

namespace Ptune.Silo.Pools;

/// <summary>Keeps this silo's knowledge of the tenants fresh, and hands the settings' tenants over at the first start.</summary>
internal sealed partial class TenantSync(TenantBook tenants, TimeProvider time, ILogger<TenantSync> logger) : BackgroundService
{
    /// <summary>How late a silo may hear of a change that was made through another one.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var isImported = false;
        try
        {
            do
            {
                try
                {
                    if (!isImported) await tenants.ImportAsync();
                    isImported = true;
                    await tenants.RefreshAsync();
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // What is known stands.
                    LogUnanswered(logger, e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The tenants could not be read: {Problem}")]
    private static partial void LogUnanswered(ILogger logger, string problem);
}
