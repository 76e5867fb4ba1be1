namespace Ptune.Contracts.Http;

/// <summary>A server of itself.</summary>
public sealed record ServerInfo(string Version, string Mode, int ProcessId, DateTimeOffset Started, string Dashboard);
