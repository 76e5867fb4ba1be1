namespace Ptune.Contracts.Http;

/// <summary>What a server says about itself.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Mode">embedded or cluster.</param>
/// <param name="ProcessId">Its process on its own machine.</param>
/// <param name="Started">When it started.</param>
/// <param name="Dashboard">The dashboard's path.</param>
/// <param name="Instance">
/// Drawn anew at each start. The <c>server.json</c> in an embedded store holds the same one, so a client that finds another at the file's address
/// has found another server. Null: the server is older than this.
/// </param>
public sealed record ServerInfo(string Version, string Mode, int ProcessId, DateTimeOffset Started, string Dashboard, string? Instance = null);
