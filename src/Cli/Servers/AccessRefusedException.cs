namespace Ptune.Cli.Servers;

/// <summary>The server wants a token, or another one.</summary>
internal sealed class AccessRefusedException(string message) : CliException(Cli.ExitCode.Unreachable, message, "Give a token with --token or PTUNE_TOKEN.");
