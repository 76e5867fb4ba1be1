namespace Ptune.Contracts.Pools;

/// <summary>Why a queued job waits, and for how long.</summary>
/// <param name="Position">Its place in the pool's queue, by priority, shares and arrival; 1 is the next.</param>
/// <param name="Queued">How many jobs wait in the pool.</param>
/// <param name="Rule">The rule that holds it.</param>
/// <param name="Why">The rule in words, and what would help.</param>
/// <param name="EstimatedStart">When it will probably start, from how long jobs of this pool took; null where none was measured, or it cannot start as things are.</param>
/// <param name="FittingWorkers">How many workers have what it needs and take work.</param>
[GenerateSerializer, Immutable, Alias("ptune.WaitView")]
public sealed record WaitView(string JobId, string Pool, int Position, int Queued, WaitRule Rule, string Why, DateTimeOffset? EstimatedStart, int FittingWorkers);
