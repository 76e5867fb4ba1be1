namespace Ptune.Cli.Logins;

/// <summary>The issuer gives no token.</summary>
internal sealed class IssuerException(string message, string? fix = null) : CliException(Cli.ExitCode.AccessRefused, message, fix);
