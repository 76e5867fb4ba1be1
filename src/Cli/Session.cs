using Ptune.Cli.Output;

namespace Ptune.Cli;

/// <summary>What surrounds one call of the client: its terminal, its environment, its clock and the user's Ctrl-C.</summary>
internal sealed class Session
{
    public Terminal Terminal { get; } = new();

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>A variable of the environment; null when it is not set or empty.</summary>
    public string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
