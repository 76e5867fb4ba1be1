namespace Ptune.Cli.Servers;

/// <summary>The server wants a key, another one, or one that may do more.</summary>
internal sealed class AccessRefusedException(string message, bool isKnown = false) : CliException(
    Cli.ExitCode.AccessRefused, message,
    isKnown ? "'ptune whoami' shows who you are; ask an operator or admin for a key that may do this." : "Log in with 'ptune login', or give a key with --token or PTUNE_TOKEN.");
