namespace Ptune.Contracts.Http;

/// <summary>A change of what a name stands for.</summary>
/// <param name="Digest">The artifact from then on; null: the name was removed.</param>
/// <param name="By">Who did it, where that was said.</param>
public sealed record NameChange(string? Digest, DateTimeOffset At, string? By);
