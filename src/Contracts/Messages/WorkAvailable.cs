namespace Ptune.Contracts.Messages;

/// <summary>A wake-up for a pool's workers. It carries no truth: lost, the pool's sweep sends another; doubled, it finds nothing to do.</summary>
public sealed record WorkAvailable(string Pool);
