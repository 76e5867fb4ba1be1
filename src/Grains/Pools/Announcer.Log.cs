using Microsoft.Extensions.Logging;

namespace Ptune.Grains.Pools;

internal sealed partial class Announcer
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Pool {Pool} could not wake a worker ({Problem}); the next sweep retries")]
    private partial void LogLost(string pool, string problem);
}
