namespace Ptune.Supervisor.Executors;

/// <summary>The executor process ended by itself, or could not be started.</summary>
internal sealed class ExecutorLostException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kernel killed it for memory.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>The process's exit code; null where it did not start or did not end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>It never came as far as a job: the job is not to blame.</summary>
    public bool IsStart { get; init; }
}
