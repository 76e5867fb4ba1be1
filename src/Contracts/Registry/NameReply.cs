using Ptune.Contracts.Stores;

namespace Ptune.Contracts.Registry;

/// <summary>The answer to a request to set a name.</summary>
/// <param name="Row">What the name stands for now: of a taken one, the other digest.</param>
/// <param name="Previous">The digest that the name was moved from; null: it stood for none.</param>
[GenerateSerializer, Immutable, Alias("ptune.NameReply")]
public sealed record NameReply(NameOutcome Outcome, AliasRow Row, string? Previous);
