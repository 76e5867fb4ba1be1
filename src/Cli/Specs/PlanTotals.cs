using Ptune.Cli.Output;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Specs;

/// <summary>What the jobs of a plan that are to be computed are likely to need together. What is not known is said, and not counted as nothing.</summary>
internal static class PlanTotals
{
    private const string NotKnown = "not known";

    public static IEnumerable<(string Name, string Value)> Of(PlanView plan)
    {
        var jobs = plan.Jobs.Where(job => job.Status != JobStatus.Succeeded).ToArray();
        if (jobs.Length == 0) yield break;
        yield return ("time", Total([.. jobs.Select(j => j.Seconds)], known => $"about {Words.Seconds(known.Sum())} on one device"));
        yield return ("memory", Total([.. jobs.Select(j => (double?)j.MemoryBytes)], known => $"at most about {Words.Bytes((long)known.Max())} for one job at a time"));
        yield return ("disk", Total([.. jobs.Select(j => (double?)j.DiskBytes)], known => $"about {Words.Bytes((long)known.Sum())}"));
    }

    private static string Total(double?[] values, Func<IEnumerable<double>, string> words)
    {
        double[] known = [.. values.OfType<double>()];
        if (known.Length == 0) return NotKnown;
        var unknown = values.Length - known.Length;
        return words(known) + (unknown == 0 ? "" : $", without {Words.Count(unknown, "job")} for which it is {NotKnown}");
    }
}
