using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Http;

/// <summary>A single job is submitted.</summary>
internal sealed class JobSubmit(IGrainFactory grains, string asker) : SubmitKind<JobSpec, JobView>
{
    public override string Noun => "a job";

    public override string Route => Routes.Job;

    public override string IdOf(JobView view) => view.JobId;

    public override SubmitTarget Target(SubmitRequest<JobSpec> request, CancellationToken cancellation)
    {
        var id = JobIds.Of(request.Tenant, request.Spec, request.Nonce);
        return new SubmitTarget(id, [id], [new PlannedJob("job", id, NameOf(request.Spec), request.Spec, [], Alias: null)]);
    }

    public override Task<JobView?> FindAsync(string id) => grains.GetGrain<IJobGrain>(id).Get();

    /// <summary>A name that stands for another artifact is refused before anything is computed for it.</summary>
    public override async Task<SpecProblem?> ProblemAsync(string id, SubmitRequest<JobSpec> request, SpecPositions positions)
    {
        if (request.Move || request.Spec.Publish is not { } alias) return null;
        var (key, version) = RegistryKeys.Of(request.Tenant, alias);
        if (await grains.GetGrain<IRegistryGrain>(key).Resolve(version) is not { } digest || (await FindAsync(id))?.Result?.Artifact == digest) return null;
        return positions.Problem("publish", $"{alias} stands for {digest} already.", "Take another version, or move the name with --move (in the API: move=true).");
    }

    public override Task<JobView> SubmitAsync(string id, SubmitRequest<JobSpec> request) =>
        grains.GetGrain<IJobGrain>(id).Submit(new JobSubmission(request.Spec, asker, NameOf(request.Spec), request.Move)
        {
            By = request.By,
            Submitter = request.Submitter,
            EstimatedSeconds = request.Estimates?.TryGetValue(id, out var seconds) == true ? seconds : null,
        });

    private static string NameOf(JobSpec spec) => spec.Name.Length > 0 ? spec.Name : SpecKinds.Of(spec);
}
