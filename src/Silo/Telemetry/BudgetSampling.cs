using Ptune.Grains.Identity;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Telemetry;

/// <summary>Looks at the budgets from time to time: a page of metrics may not wait for grains.</summary>
internal sealed partial class BudgetSampling(TenantBook tenants, IGrainFactory grains, BudgetFigures figures, TimeProvider time, ILogger<BudgetSampling> logger) : BackgroundService
{
    /// <summary>How old a figure may be. A month is long.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await SampleAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SampleAsync()
    {
        try
        {
            figures.Observe(await TenantUse.OfAsync(grains, tenants.All.Where(tenant => tenant.Settings.Budget is not null)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The last figures stand; readiness says what is away.
            LogUnanswered(logger, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The budgets could not be read: {Problem}")]
    private static partial void LogUnanswered(ILogger logger, string problem);
}
