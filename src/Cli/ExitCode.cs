namespace Ptune.Cli;

/// <summary>What the client leaves with. The numbers are a promise to scripts; docs/cli.md lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int JobFailed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Unreachable = 4;
    public const int Interrupted = 130;

    /// <summary>Number and meaning, for help and documentation.</summary>
    public static readonly (int Code, string Meaning)[] Meanings =
    [
        (Done, "done"),
        (JobFailed, "the job or study failed or was cancelled"),
        (Usage, "wrong usage or a wrong spec; nothing was started"),
        (NotFound, "no such job, study, model or artifact"),
        (Unreachable, "the server cannot be reached or did not answer as it should"),
        (Interrupted, "interrupted by Ctrl-C or SIGTERM"),
    ];
}
