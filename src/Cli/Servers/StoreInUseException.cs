namespace Ptune.Cli.Servers;

/// <summary>A server could not start, because another one has the store.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="details">The server's last lines.</param>
internal sealed class StoreInUseException(string message, IReadOnlyList<string> details) : CliException(Cli.ExitCode.Usage, message, details: details);
