namespace Ptune.Cli.Servers;

/// <summary>No answer came: the server cannot be reached, or the connection broke.</summary>
internal sealed class UnreachableException(string message, string? fix) : CliException(Cli.ExitCode.Unreachable, message, fix);
