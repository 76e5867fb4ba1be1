using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Silo.Http;

/// <summary>A sweep is submitted.</summary>
internal sealed class SweepSubmit(IGrainFactory grains) : SubmitKind<SweepSpec, SweepView>
{
    public override string Noun => "a sweep";

    public override string Route => Routes.Sweep;

    public override string IdOf(SweepView view) => view.SweepId;

    /// <summary>Only as many trials as run at once ask for places in the queue; the others follow them.</summary>
    public override SubmitTarget Target(SubmitRequest<SweepSpec> request, CancellationToken cancellation)
    {
        var planner = new SweepPlanner(request.Tenant, request.Spec, request.Resolved, request.Nonce);
        var plan = planner.Plan(request.Spec.Parallel, cancellation);
        return new SubmitTarget(plan.SweepId, plan.Jobs.Select(job => job.JobId), All(planner, cancellation)) { Later = seconds => planner.Later(seconds, cancellation) };
    }

    /// <summary>Every trial at its first rung.</summary>
    private static IEnumerable<PlannedJob> All(SweepPlanner planner, CancellationToken cancellation)
    {
        foreach (var job in planner.Plan(cancellation: cancellation).Jobs) yield return job;
    }

    public override Task<SweepView?> FindAsync(string id) => grains.GetGrain<ISweepGrain>(id).Get();

    public override Task<SweepView> SubmitAsync(string id, SubmitRequest<SweepSpec> request) =>
        grains.GetGrain<ISweepGrain>(id).Submit(new SweepSubmission(request.Tenant, request.Spec, new(request.Resolved), request.Nonce) { By = request.By, Submitter = request.Submitter, Estimates = request.Estimates is { } estimates ? new(estimates) : null, Later = request.Later });
}
