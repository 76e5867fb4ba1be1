using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Executors;

internal sealed partial class ExecutorProcess
{
    [LoggerMessage(LogLevel.Information, "Executor {Pid} started on {Device} with {Threads} threads")]
    private partial void LogStarted(int pid, string device, int threads);

    [LoggerMessage(LogLevel.Information, "Executor {Pid} has ended")]
    private partial void LogEnded(int pid);

    [LoggerMessage(LogLevel.Warning, "Executor {Pid} died: {How}")]
    private partial void LogDied(int pid, string how);
}
