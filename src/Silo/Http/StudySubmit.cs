using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Silo.Http;

/// <summary>A study is submitted.</summary>
internal sealed class StudySubmit(IGrainFactory grains) : SubmitKind<IStudySpec, StudyView>
{
    public override string Noun => "a study";

    public override string Route => Routes.Study;

    public override string IdOf(StudyView view) => view.StudyId;

    public override SubmitTarget Target(SubmitRequest<IStudySpec> request, CancellationToken cancellation)
    {
        var plan = StudyPlans.Of(request.Tenant, request.Spec, request.Resolved, request.Nonce, cancellation);
        return new SubmitTarget(plan.StudyId, plan.Jobs.Select(job => job.JobId), plan.Jobs);
    }

    public override Task<StudyView?> FindAsync(string id) => grains.GetGrain<IStudyGrain>(id).Get();

    public override Task<StudyView> SubmitAsync(string id, SubmitRequest<IStudySpec> request) =>
        grains.GetGrain<IStudyGrain>(id).Submit(new StudySubmission(request.Tenant, request.Spec, new(request.Resolved), request.Nonce) { By = request.By, Submitter = request.Submitter, Estimates = request.Estimates is { } estimates ? new(estimates) : null });
}
