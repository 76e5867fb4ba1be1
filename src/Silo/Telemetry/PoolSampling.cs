using Ptune.Silo.Pools;

namespace Ptune.Silo.Telemetry;

/// <summary>The pools, well below the interval at which autoscalers look.</summary>
internal sealed class PoolSampling(KnownPools pools, PoolFigures figures, TimeProvider time, ILogger<PoolSampling> logger) : Sampling("pools", TimeSpan.FromSeconds(5), time, logger)
{
    protected override async Task SampleAsync(CancellationToken cancellation) => figures.Observe(await pools.ViewsAsync(cancellation));
}
