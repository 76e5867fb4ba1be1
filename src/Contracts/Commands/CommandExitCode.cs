namespace Ptune.Contracts.Commands;

/// <summary>The exit codes of commands on files, which the client passes on. The numbers are a promise to scripts; docs/cli.md lists them.</summary>
public static class CommandExitCode
{
    public const int Done = 0;

    /// <summary>The command ran, and something in its input failed or differs.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or an input that is refused as a whole.</summary>
    public const int Usage = 2;

    /// <summary>The model, file or folder does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>The output cannot be written, for example because the disk is full.</summary>
    public const int NotWritten = 5;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;

    /// <summary>The program that read the output has ended.</summary>
    public const int ReaderLeft = 141;
}
