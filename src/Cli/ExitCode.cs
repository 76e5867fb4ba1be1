using Ptune.Contracts.Commands;

namespace Ptune.Cli;

/// <summary>How the client ends. Scripts rely on the numbers; docs/cli.md lists them.</summary>
internal static class ExitCode
{
    public const int Done = CommandExitCode.Done;
    public const int JobFailed = CommandExitCode.Failed;
    public const int Usage = CommandExitCode.Usage;
    public const int NotFound = CommandExitCode.NotFound;
    public const int Unreachable = 4;
    public const int NotWritten = 5;
    public const int Interrupted = CommandExitCode.Interrupted;
    public const int ReaderLeft = 141;

    /// <summary>Number, meaning in short and in full, for help and documentation.</summary>
    public static readonly (int Code, string Short, string Meaning)[] Meanings =
    [
        (Done, "done", "done"),
        (JobFailed, "the job failed", "the job or study failed or was cancelled"),
        (Usage, "wrong usage or spec", "wrong usage or a wrong spec; nothing was started"),
        (NotFound, "not found", "no such job, study, model or artifact"),
        (Unreachable, "cannot reach the server", "the server cannot be reached, or did not answer as it should"),
        (NotWritten, "cannot write the output", "the output or a file cannot be written; what was computed is in the store"),
        (Interrupted, "interrupted", "interrupted by Ctrl-C or SIGTERM"),
        (ReaderLeft, "nobody reads the output", "whoever read the output has left, as in ptune logs ID -f | head"),
    ];
}
