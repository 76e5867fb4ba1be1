namespace Ptune.Contracts.Messages;

/// <summary>A wake-up for a pool's workers. It carries no state: when one is lost, the pool's sweep sends another; a duplicate finds nothing to do.</summary>
public sealed record WorkAvailable(string Pool);
