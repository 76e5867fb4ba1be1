namespace Ptune.Cli.Servers;

/// <summary>The server refuses the request because of what stands there now.</summary>
internal sealed class ConflictException(string message) : CliException(Cli.ExitCode.Usage, message);
