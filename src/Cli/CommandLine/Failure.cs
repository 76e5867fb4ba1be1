using Ptune.Cli.Output;

namespace Ptune.Cli.CommandLine;

/// <summary>What an exception that ends a command means for its user.</summary>
/// <param name="ExitCode">The client's exit code.</param>
/// <param name="Message">What is wrong; null where there is nothing to say, or nobody to say it to.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Details">Lines that another program wrote about it.</param>
internal sealed record Failure(int ExitCode, string? Message = null, string? Fix = null, IReadOnlyList<string>? Details = null)
{
    /// <summary>Null for an exception that is a bug.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        CliException e => new(e.ExitCode, e.Message, e.Fix, e.Details),
        OutputException { ReaderLeft: true } => new(Cli.ExitCode.ReaderLeft),
        OutputException e => new(Cli.ExitCode.NotWritten, $"The output cannot be written: {e.Message}"),
        OperationCanceledException => new(Cli.ExitCode.Interrupted),
        // The body of an answer broke off; such an exception is an IOException, too.
        HttpIOException or HttpRequestException => new(Cli.ExitCode.Unreachable, $"The connection to the server broke: {exception.Message}"),
        IOException or UnauthorizedAccessException => new(Cli.ExitCode.Usage, exception.Message, "Check the path, its permissions and the free space."),
        _ => null,
    };

    public void Print(Terminal terminal)
    {
        if (Message is null) return;
        terminal.Problem(Message, Fix);
        foreach (var line in Details ?? []) terminal.Note($"    {line}");
    }
}
