using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;

namespace Ptune.Grains.Pools.Policies;

/// <summary>A worker that asks for work, and what it was told to do.</summary>
internal sealed record Candidate(AcquireRequest Request, WorkerOrder Order);
