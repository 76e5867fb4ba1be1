using Ptune.Contracts.Studies;

namespace Ptune.Silo.Http;

/// <summary>What a request reaches.</summary>
/// <param name="Id">The job, study or sweep.</param>
/// <param name="JobIds">The jobs that it may put into the pool's queue.</param>
/// <param name="Jobs">All jobs that it is known to need, planned when they are asked for.</param>
internal sealed record SubmitTarget(string Id, IEnumerable<string> JobIds, IEnumerable<PlannedJob> Jobs);
