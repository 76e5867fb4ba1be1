namespace Ptune.Silo.Telemetry;

/// <summary>Looks at something from time to time: a page of metrics may not wait for grains.</summary>
/// <param name="what">What is looked at, for the log.</param>
/// <param name="interval">How old a figure may be.</param>
/// <param name="time">The interval's clock.</param>
/// <param name="logger">Hears what could not be read.</param>
internal abstract partial class Sampling(string what, TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    protected abstract Task SampleAsync(CancellationToken cancellation);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                await TrySampleAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TrySampleAsync(CancellationToken cancellation)
    {
        try
        {
            await SampleAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The last figures stand; readiness says what is away.
            LogUnanswered(logger, what, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The {What} could not be read: {Problem}")]
    private static partial void LogUnanswered(ILogger logger, string what, string problem);
}
