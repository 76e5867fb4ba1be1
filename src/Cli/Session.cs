using Ptune.Cli.Output;

namespace Ptune.Cli;

/// <summary>What surrounds one call of the client: its terminal, its environment, its clock and the user's Ctrl-C.</summary>
internal sealed class Session
{
    public Terminal Terminal { get; } = new();

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>A variable of the environment; null when it is not set or empty.</summary>
    public string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>As <see cref="Variable"/>; or the content of the file that <c>NAME_FILE</c> names, as secrets are mounted.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public string? Secret(string name)
    {
        if (Variable(name) is { } value) return value;
        if (Variable($"{name}_FILE") is not { } file) return null;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, $"{name}_FILE: the file '{file}' cannot be read: {e.Message}");
        }
    }
}
