using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools;

/// <summary>A job in a pool's queue.</summary>
/// <param name="Job">The job.</param>
/// <param name="Overtaken">How many times a job of its priority that came later went first.</param>
internal sealed record QueueEntry(QueuedJob Job, int Overtaken = 0);
