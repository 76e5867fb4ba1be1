using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Sweeps;
using Ptune.Simulation.Tests.People;

namespace Ptune.Simulation.Tests.Promises;

/// <summary>What must hold of a sweep at every write that lands, and at the end.</summary>
internal static class SweepPromises
{
    /// <returns>What was broken; null: nothing.</returns>
    public static string? Written(SweepState before, SweepState after)
    {
        if (after.Version < before.Version) return "a version went back";
        if (!after.Trials.Select(t => t.Number).SequenceEqual(Enumerable.Range(1, after.Trials.Length))) return "a trial was begun twice, or out of its turn";
        if (after.Cells.DistinctBy(c => c.JobId).Count() != after.Cells.Length) return "a job stands twice";
        if (after.Trials.Length < before.Trials.Length) return "a trial was forgotten";
        foreach (var (old, next) in before.Trials.Zip(after.Trials))
        {
            if (!next.Rungs.Select(r => r.Epochs).Take(old.Rungs.Length).SequenceEqual(old.Rungs.Select(r => r.Epochs))) return $"a rung of trial {old.Number} was forgotten";
            if (next.Rungs.DistinctBy(r => r.Epochs).Count() != next.Rungs.Length) return $"trial {old.Number} was sent to a rung twice";
        }
        var known = after.Cells.ToDictionary(c => c.JobId, c => c.Figure);
        if (before.Cells.Any(c => c.Figure is not null && known.GetValueOrDefault(c.JobId) != c.Figure)) return "a figure was changed";
        var (was, now) = (new SweepStandings(before), new SweepStandings(after));
        return now.Trials.Sum(t => t.Rungs.Count) > was.Trials.Sum(t => t.Rungs.Count) && now.Trials.Count(t => !t.IsOver) > after.Spec.Parallel
            ? "more trials were begun than may be under way"
            : null;
    }

    /// <returns>What was broken; null: nothing.</returns>
    public static string? AtEnd(SweepState sweep, Search search, Func<string, JobStatus?> job)
    {
        if (!sweep.Status.IsFinal) return $"the sweep never ended: {sweep.Status}\n  {string.Join("\n  ", sweep.Cells.Select(c => $"{c.Name}: {c.Status}, and its job is {job(c.JobId)?.ToString() ?? "unknown"}"))}";
        // What a cancelled one has withdrawn from may go on for others.
        if (sweep.Status != JobStatus.Cancelled && sweep.Cells.FirstOrDefault(c => c.Status is not null && job(c.JobId) != c.Status) is { } wrong) return $"the sweep has {wrong.Status} of {wrong.Name}, which is {job(wrong.JobId)}";
        if (sweep.Cells.FirstOrDefault(c => c.Figure is { } figure && figure != Search.Figure(c.JobId)) is { } false_) return $"the sweep has {false_.Figure} of {false_.Name}";
        if (sweep.Status != JobStatus.Succeeded) return null;

        var trials = new SweepStandings(sweep).Trials;
        if (trials.Count != search.Trials) return $"it succeeded with {trials.Count} trials of {search.Trials}";
        if (trials.FirstOrDefault(t => !t.IsOver) is { } open) return $"it succeeded while trial {open.Number} was under way";
        if (sweep.Spec.Method != SweepMethod.Asha) return null;
        // Trials that went on before better ones were measured went on all the same: more than half may, but never all.
        var (measured, sent) = (trials.Count(t => t.At(0) is not null), trials.Count(t => t.Rungs.Count > 1));
        return sent == 0 || (sent == measured && measured > 1) ? $"{sent} of {measured} trials went on from the first rung" : null;
    }
}
