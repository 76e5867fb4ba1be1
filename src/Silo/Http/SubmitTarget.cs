using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Silo.Http;

/// <summary>What a request reaches.</summary>
/// <param name="Id">The job, study or sweep.</param>
/// <param name="JobIds">The jobs that it may put into the pool's queue.</param>
/// <param name="Jobs">All jobs that it is known to need, planned when they are asked for.</param>
internal sealed record SubmitTarget(string Id, IEnumerable<string> JobIds, IEnumerable<PlannedJob> Jobs)
{
    /// <summary>Of a sweep: the rungs that its trials may be promoted to, by what the first rung's jobs are likely to take.</summary>
    public Func<IReadOnlyDictionary<string, double>, LaterRung[]>? Later { get; init; }
}
