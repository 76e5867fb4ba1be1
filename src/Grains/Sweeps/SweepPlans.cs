using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Grains.Sweeps;

/// <summary>The chains of a sweep's trials. What was planned is remembered for a while, since every message asks for it.</summary>
internal sealed class SweepPlans(SweepSubmission submission)
{
    /// <summary>A sweep that has more is forgotten and planned anew: it takes half a millisecond a chain.</summary>
    private const int Remembered = 1024;

    private readonly SweepPlanner _planner = new(submission.Tenant, submission.Spec, submission.Resolved, submission.Nonce);
    private readonly Dictionary<(int Number, int Epochs), PlannedJob[]> _chains = [];

    public string SweepId => _planner.SweepId;

    public PlannedJob[] Chain(SweepTrialState trial, int epochs)
    {
        if (_chains.TryGetValue((trial.Number, epochs), out var chain)) return chain;
        if (_chains.Count >= Remembered) _chains.Clear();
        return _chains[(trial.Number, epochs)] = _planner.Trial(trial.Number, trial.Values, epochs);
    }

    /// <summary>Null when no chain of the sweep holds the job.</summary>
    public PlannedJob? Find(SweepState state, string jobId)
    {
        foreach (var trial in state.Trials.Reverse())
        {
            foreach (var rung in trial.Rungs)
            {
                if (!rung.Jobs.Contains(jobId)) continue;
                if (Array.Find(Chain(trial, rung.Epochs), j => j.JobId == jobId) is { } planned) return planned;
            }
        }
        return null;
    }
}
