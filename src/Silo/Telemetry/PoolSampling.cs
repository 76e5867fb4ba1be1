using Ptune.Silo.Pools;

namespace Ptune.Silo.Telemetry;

/// <summary>Looks at the pools from time to time: a page of metrics may not wait for grains.</summary>
internal sealed partial class PoolSampling(KnownPools pools, PoolFigures figures, TimeProvider time, ILogger<PoolSampling> logger) : BackgroundService
{
    /// <summary>How old a figure may be: well below the interval at which autoscalers look.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await SampleAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SampleAsync(CancellationToken cancellation)
    {
        try
        {
            figures.Observe(await pools.ViewsAsync(cancellation));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The last figures stand; readiness says what is away.
            LogUnanswered(logger, e.Message);
        }
    }
}
