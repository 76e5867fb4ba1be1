namespace Ptune.Contracts.Http;

/// <summary>A name and what it has stood for.</summary>
/// <param name="Digest">The artifact; null: the name was removed.</param>
/// <param name="History">Oldest first.</param>
public sealed record NameView(string Name, string? Digest, NameChange[] History);
