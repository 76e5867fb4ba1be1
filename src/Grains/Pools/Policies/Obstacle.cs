using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools.Policies;

/// <summary>A hard constraint that keeps a job from a worker: the rule, and in words what is missing.</summary>
internal sealed record Obstacle(WaitRule Rule, string Words);
