using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Jobs;

/// <summary>Asks the jobs that make a job's inputs. A job that has succeeded stays so, so the digests hold for good.</summary>
internal static class InputLookup
{
    public static async Task<JobInputs> FindAsync(JobSpec spec, Func<string, Task<JobView?>> find)
    {
        var inputs = spec.Inputs().ToArray();
        var ids = inputs.Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct().ToArray();
        var views = await Task.WhenAll(ids.Select(find));
        return Judge(inputs, ids.Zip(views).ToDictionary(p => p.First, p => p.Second));
    }

    /// <summary>The inputs that are artifacts already: those that the spec names by digest, and those that were found.</summary>
    public static IEnumerable<(string Path, string Digest)> Known(JobSpec spec, IReadOnlyDictionary<string, string>? found)
    {
        foreach (var input in spec.Inputs())
        {
            if (!InputRef.IsJob(input.Reference)) yield return (input.Path, input.Reference);
            else if (found?.GetValueOrDefault(input.Role) is { } digest) yield return (input.Path, digest);
        }
    }

    public static JobInputs Judge(IReadOnlyList<JobInput> inputs, IReadOnlyDictionary<string, JobView?> jobs)
    {
        var digests = new Dictionary<string, string>();
        string? waitsFor = null;
        foreach (var input in inputs)
        {
            if (!InputRef.IsJob(input.Reference))
            {
                digests[input.Role] = input.Reference;
                continue;
            }
            var id = InputRef.JobId(input.Reference);
            switch (jobs[id])
            {
                case null:
                    return JobInputs.Missing($"input {input.Path}: job {id} was never submitted");
                case { Status: JobStatus.Failed } job:
                    return JobInputs.Missing($"input {input.Path}: job {id} ({job.Name}) failed: {job.Message}");
                case { Status: JobStatus.Cancelled, Message: { } why } job when why.StartsWith(JobMachine.Removed, StringComparison.Ordinal):
                    return JobInputs.Missing($"input {input.Path}: job {id} ({job.Name}) has no result any more: {why}");
                case { Status: JobStatus.Cancelled } job:
                    return JobInputs.Missing($"input {input.Path}: job {id} ({job.Name}) was cancelled");
                case { Status: JobStatus.Succeeded, Result: { } result } job when result.Kind != input.Kind:
                    return JobInputs.Missing($"input {input.Path}: job {id} ({job.Name}) produced a {result.Kind}, not a {input.Kind}");
                case { Status: JobStatus.Succeeded, Result: { } result }:
                    digests[input.Role] = result.Artifact;
                    break;
                case var job:
                    var held = job.Status is JobStatus.Suspended ? ", which is suspended" : "";
                    waitsFor ??= $"waits for input {input.Path}: job {id} ({job.Name}){held}";
                    break;
            }
        }
        return waitsFor is null ? JobInputs.Ready(digests) : JobInputs.Waiting(waitsFor);
    }
}
