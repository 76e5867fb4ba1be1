using Microsoft.Extensions.Logging;

namespace Ptune.Grains.Workers;

internal sealed partial class WorkerGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {WorkerId} could not be announced to pool {Pool} ({Problem}); its next report retries")]
    private partial void LogPoolAway(string workerId, string pool, string problem, Exception exception);
}
