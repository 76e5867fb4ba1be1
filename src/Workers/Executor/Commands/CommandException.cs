namespace Ptune.Executor.Commands;

/// <summary>An end that the user is told of: what is wrong, what to do, and the exit code.</summary>
internal sealed class CommandException(int exitCode, string message, string? fix = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string? Fix { get; } = fix;
}
