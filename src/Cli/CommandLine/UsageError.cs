namespace Ptune.Cli.CommandLine;

/// <summary>A mistake on the command line.</summary>
internal sealed record UsageError(string Message, string? Fix);
