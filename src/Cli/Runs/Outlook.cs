using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>What a run is about to compute, and what that is likely to cost.</summary>
/// <param name="Seconds">Time on one device, of the jobs whose sort has run before.</param>
/// <param name="Unknown">Jobs of a sort that has not run before.</param>
internal sealed record Outlook(int Jobs, int ToCompute, double Seconds, int Unknown)
{
    public static Outlook Of(PlanView plan, bool fresh)
    {
        var jobs = plan.Jobs.Where(j => fresh || j.Status != JobStatus.Succeeded).ToArray();
        return new(plan.Jobs.Length, jobs.Length, jobs.Sum(j => j.Seconds ?? 0), jobs.Count(j => j.Seconds is null));
    }

    public string Words()
    {
        var counts = $"{Output.Words.Count(Jobs, "job")}, {ToCompute} to compute, {Jobs - ToCompute} in the store";
        if (ToCompute == 0) return counts + ".";
        if (Unknown == ToCompute) return counts + "; how long that takes is not known before such jobs have run here.";
        var unknown = Unknown == 0 ? "" : $", without {Output.Words.Count(Unknown, "job")} of a sort that has not run here yet";
        return $"{counts}; about {Output.Words.Seconds(Seconds)} of device time{unknown}.";
    }
}
