using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The models of a plan's own jobs, from their specs alone.</summary>
/// <param name="planned">The plan's jobs by their ids.</param>
public sealed class PlannedModels(IReadOnlyDictionary<string, JobSpec> planned)
{
    /// <summary>The model that a job works on; null: none, or not known without a store.</summary>
    public KnownModel? Used(JobSpec job) => JobModels.Used(job, Read(job));

    /// <summary>The models beside it, in the order of <see cref="JobModels.Beside"/>.</summary>
    public IReadOnlyList<KnownModel?> Beside(JobSpec job) => [.. JobModels.Beside(job).Select(Of)];

    private KnownModel? Read(JobSpec job) => JobModels.Read(job) is { } reference ? Of(reference) : null;

    private KnownModel? Of(string reference) =>
        InputRef.IsJob(reference) && planned.TryGetValue(InputRef.JobId(reference), out var maker) ? JobModels.Made(maker, Read(maker)) : null;
}
