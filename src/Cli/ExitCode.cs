using Ptune.Contracts.Commands;

namespace Ptune.Cli;

/// <summary>What the client leaves with. The numbers are a promise to scripts; docs/cli.md lists them.</summary>
internal static class ExitCode
{
    public const int Done = CommandExitCode.Done;
    public const int JobFailed = CommandExitCode.Failed;
    public const int Usage = CommandExitCode.Usage;
    public const int NotFound = CommandExitCode.NotFound;
    public const int Unreachable = 4;
    public const int Interrupted = CommandExitCode.Interrupted;

    /// <summary>Number, meaning in short and in full, for help and documentation.</summary>
    public static readonly (int Code, string Short, string Meaning)[] Meanings =
    [
        (Done, "done", "done"),
        (JobFailed, "the job failed", "the job or study failed or was cancelled"),
        (Usage, "wrong usage or spec", "wrong usage or a wrong spec; nothing was started"),
        (NotFound, "not found", "no such job, study, model or artifact"),
        (Unreachable, "cannot reach the server", "the server cannot be reached, or did not answer as it should"),
        (Interrupted, "interrupted", "interrupted by Ctrl-C or SIGTERM"),
    ];
}
