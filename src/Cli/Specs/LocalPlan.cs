using Ptune.Contracts.Estimates;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Specs;

/// <summary>A plan from a spec alone, without a server and so without a store.</summary>
internal static class LocalPlan
{
    /// <summary>An id that depends on what an alias refers to in a store.</summary>
    public const string Unknown = "?";

    private static readonly string NoDigest = Digest.Prefix + new string('0', 64);

    public static PlanView Of(Spec spec)
    {
        var resolved = Aliases(spec).ToDictionary(a => a, _ => NoDigest);
        return spec switch
        {
            IStudySpec study when StudyPlans.Of(JobIds.DefaultTenant, study, resolved) is var plan => OfGraph(spec, plan.StudyId, plan.Jobs) with { Refused = StudyRefusals.Of(study) is { Length: > 0 } refused ? refused : null, Warnings = StudyWarnings.Of(study).ToArray() is { Length: > 0 } warnings ? warnings : null },
            SweepSpec sweep when new SweepPlanner(JobIds.DefaultTenant, sweep, resolved).Plan() is var plan => OfGraph(spec, plan.SweepId, plan.Jobs),
            _ => OfJob((JobSpec)spec),
        };
    }

    /// <summary>What the spec names by an alias.</summary>
    public static IReadOnlyList<string> Aliases(Spec spec) => spec switch
    {
        IStudySpec study => [.. StudyPlans.Aliases(study)],
        SweepSpec sweep => Aliases(sweep.Job),
        JobSpec job => [.. job.Inputs().Select(i => i.Reference).Where(InputRef.IsAlias).Distinct()],
        _ => [],
    };

    private static PlanView OfGraph(Spec spec, string id, PlannedJob[] jobs)
    {
        // The shape of the plan does not depend on what the aliases refer to; the ids do.
        var isKnown = Aliases(spec).Count == 0;
        string Id(string known) => isKnown ? known : Unknown;
        var models = new PlannedModels(jobs.DistinctBy(j => j.JobId).ToDictionary(j => j.JobId, j => j.Spec));
        return new PlanView(Id(id), spec, [.. jobs.Select(j => Estimated(new PlanRow(j.Key, Id(j.JobId), SpecKinds.Of(j.Spec), j.Name, isKnown ? j.DependsOn : [], null), j.Spec, models))]);
    }

    private static PlanView OfJob(JobSpec job)
    {
        var id = Aliases(job).Count == 0 ? JobIds.Of(JobIds.DefaultTenant, job) : Unknown;
        var inputs = job.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct();
        return new PlanView(id, job, [Estimated(new PlanRow("", id, SpecKinds.Of(job), job.Name, [.. inputs], null), job, new PlannedModels(new Dictionary<string, JobSpec>()))]);
    }

    private static PlanRow Estimated(PlanRow row, JobSpec job, PlannedModels models)
    {
        job = TextDefaults.Fill(job);
        var model = models.Used(job);
        return row with { MemoryBytes = JobEstimate.Memory(job, model, models.Beside(job)), DiskBytes = JobEstimate.Disk(job, model, artifact: null) };
    }
}
