namespace Ptune.Cli.CommandLine;

/// <summary>A wrong word on the command line.</summary>
internal sealed record UsageError(string Message, string? Fix);
