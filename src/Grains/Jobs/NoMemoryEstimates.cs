using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Jobs;

/// <summary>Of a host that cannot look at artifacts: jobs reserve what their specs ask for.</summary>
internal sealed class NoMemoryEstimates : IMemoryEstimates
{
    public Task<long?> OfAsync(JobSpec job) => Task.FromResult<long?>(null);
}
