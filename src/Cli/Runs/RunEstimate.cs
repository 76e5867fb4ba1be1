using Ptune.Cli.Output;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>What a run will compute, and an estimate of its cost.</summary>
/// <param name="Seconds">Device time of the jobs for which it can be estimated: jobs of the same kind have run before.</param>
/// <param name="Unknown">Jobs without an estimate.</param>
internal sealed record RunEstimate(int Jobs, int ToCompute, double Seconds, int Unknown)
{
    public static RunEstimate Of(PlanView plan, bool fresh)
    {
        var jobs = plan.Jobs.Where(j => fresh || j.Status != JobStatus.Succeeded).ToArray();
        return new(plan.Jobs.Length, jobs.Length, jobs.Sum(j => j.Seconds ?? 0), jobs.Count(j => j.Seconds is null));
    }

    public string Describe()
    {
        var counts = $"{Words.Count(Jobs, "job")}, {ToCompute} to compute, {Jobs - ToCompute} in the store";
        if (ToCompute == 0) return counts + ".";
        if (Unknown == ToCompute) return counts + "; there is no time estimate until such jobs have run here.";
        var unknown = Unknown == 0 ? "" : $", without {Words.Count(Unknown, "job")} of a kind that has not run here yet";
        return $"{counts}; about {Words.Seconds(Seconds)} of device time{unknown}.";
    }
}
