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
    public const int NotWritten = CommandExitCode.NotWritten;

    /// <summary>No key, a wrong one, or one that may not do this.</summary>
    public const int AccessRefused = 6;

    /// <summary>Of <c>ptune carry</c>: its verdict.</summary>
    public const int Retrain = 10;
    public const int Leave = 11;

    /// <summary>Of <c>ptune audit verify</c>: a chain is broken.</summary>
    public const int AuditBroken = 12;

    public const int Interrupted = CommandExitCode.Interrupted;
    public const int ReaderLeft = CommandExitCode.ReaderLeft;

    /// <summary>Number, meaning in short and in full, for help and documentation.</summary>
    public static readonly (int Code, string Short, string Meaning)[] Meanings =
    [
        (Done, "done", "done"),
        (JobFailed, "the job failed", "the job or study failed or was cancelled"),
        (Usage, "wrong usage or spec", "wrong usage or an invalid spec; nothing was started"),
        (NotFound, "not found", "no such job, study, model or artifact"),
        (Unreachable, "cannot reach the server", "the server cannot be reached or failed"),
        (NotWritten, "cannot write the output", "the output or a file cannot be written; computed results are in the store"),
        (AccessRefused, "access refused", "the server refused access: no key, a wrong one, or one that may not do this"),
        (Retrain, "carry: retrain", "the verdict of ptune carry is to retrain"),
        (Leave, "carry: leave it", "the verdict of ptune carry is to leave it"),
        (AuditBroken, "audit: broken", "ptune audit verify found a chain that is not whole"),
        (Interrupted, "interrupted", "interrupted by Ctrl-C or SIGTERM"),
        (ReaderLeft, "the reader has left", "the program that read the output has ended, as in ptune logs ID -f | head"),
    ];
}
