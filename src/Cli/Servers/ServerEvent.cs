namespace Ptune.Cli.Servers;

/// <summary>One server-sent event: its name and its JSON.</summary>
internal readonly record struct ServerEvent(string Name, string Data);
