using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
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
        return new SubmitTarget(id, [id]);
    }

    public override Task<JobView?> FindAsync(string id) => grains.GetGrain<IJobGrain>(id).Get();

    public override Task<JobView> SubmitAsync(string id, SubmitRequest<JobSpec> request) =>
        grains.GetGrain<IJobGrain>(id).Submit(new JobSubmission(request.Spec, asker, request.Spec.Name.Length > 0 ? request.Spec.Name : SpecKinds.Of(request.Spec)));
}
