using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;

namespace Ptune.Cli.Commands;

/// <summary>What <c>ptune top</c> shows.</summary>
/// <param name="Pools">All pools.</param>
/// <param name="Workers">All workers.</param>
/// <param name="Running">How many jobs of the tenant workers have.</param>
/// <param name="Jobs">The newest of them.</param>
internal sealed record TopView(PoolView[] Pools, WorkerView[] Workers, int Running, TopJob[] Jobs);
