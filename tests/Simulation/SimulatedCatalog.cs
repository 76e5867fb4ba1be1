using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;

namespace Ptune.Simulation.Tests;

/// <summary>Rows by id; the newer version stands.</summary>
internal sealed class SimulatedCatalog
{
    private readonly Dictionary<string, JobState> _rows = [];

    public IEnumerable<JobState> Unfinished => _rows.Values.Where(r => !r.Status.IsFinal).ToArray();

    public void Put(JobState state)
    {
        if (!_rows.TryGetValue(state.JobId, out var known) || state.Version > known.Version) _rows[state.JobId] = state;
    }
}
