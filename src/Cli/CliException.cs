namespace Ptune.Cli;

/// <summary>A failure that the user reads about: what is wrong, what to do, and the exit code.</summary>
/// <param name="exitCode">One of <see cref="Cli.ExitCode"/>.</param>
/// <param name="message">What is wrong, in one line.</param>
/// <param name="fix">What to do, in one line; null where the message says it.</param>
/// <param name="details">Lines that another program wrote about it.</param>
internal class CliException(int exitCode, string message, string? fix = null, IReadOnlyList<string>? details = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string? Fix { get; } = fix;

    public IReadOnlyList<string> Details { get; } = details ?? [];
}
