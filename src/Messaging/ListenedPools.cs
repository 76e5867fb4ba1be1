namespace Ptune.Messaging;

/// <summary>The pools whose wake-ups this process hears.</summary>
internal sealed record ListenedPools(IReadOnlySet<string> Pools);
