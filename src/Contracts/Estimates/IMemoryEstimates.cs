using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>How much memory jobs are likely to take. Pools reserve it where a spec does not say <c>needs.memoryGiB</c>.</summary>
public interface IMemoryEstimates
{
    /// <summary>The peak, in bytes, from the spec and from what is known of its inputs. It answers within seconds, and a store that does not is no failure.</summary>
    /// <param name="job">All of its inputs are there.</param>
    /// <returns>Null: not known.</returns>
    Task<long?> OfAsync(JobSpec job);
}
