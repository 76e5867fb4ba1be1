using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps;

/// <summary>A sweep's job with a trial's values in it.</summary>
public static class TrialJobs
{
    /// <param name="job">The job that is searched.</param>
    /// <param name="values">Path in the job to the value that stands there.</param>
    /// <exception cref="JsonException">A value does not fit its place: the sweep was not checked.</exception>
    /// <exception cref="ArgumentException">A path leads nowhere: the sweep was not checked.</exception>
    public static JobSpec With(JobSpec job, IEnumerable<KeyValuePair<string, SweepValue>> values)
    {
        var node = JsonSerializer.SerializeToNode(job, SpecJson.Options)!;
        foreach (var (path, value) in values)
        {
            var steps = path.Split('.');
            var at = steps.SkipLast(1).Aggregate(node, (n, step) => n[step] ?? throw new ArgumentException($"The job has no '{path}'.", nameof(values)));
            at[steps[^1]] = value.ToNode();
        }
        return node.Deserialize<JobSpec>(SpecJson.Options)!;
    }
}
