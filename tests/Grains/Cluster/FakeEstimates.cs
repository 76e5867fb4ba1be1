using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>Says of each job what the test says.</summary>
internal sealed class FakeEstimates(PtuneCluster cluster) : IMemoryEstimates
{
    public Task<long?> OfAsync(JobSpec job) => Task.FromResult(cluster.Estimates(job));
}
