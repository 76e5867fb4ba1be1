namespace Ptune.Contracts.Http;

/// <summary>An OpenID Connect issuer whose tokens the server takes, with the client that is registered there for people's own machines. Nothing in it is secret.</summary>
/// <param name="Name">Its name in the server's settings.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Authority">Its address; the discovery document below it has its endpoints.</param>
/// <param name="ClientId">The id of the client, which has no secret.</param>
/// <param name="Scopes">What the client asks for.</param>
public sealed record LoginIssuer(string Name, string Label, string Authority, string ClientId, string[] Scopes);
