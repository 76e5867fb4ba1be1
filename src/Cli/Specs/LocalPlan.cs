using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Specs;

/// <summary>A plan from a spec alone, without a server and so without a store.</summary>
internal static class LocalPlan
{
    /// <summary>An id that only a store knows, since it depends on what an alias stands for there.</summary>
    public const string Unknown = "?";

    private static readonly string NoDigest = Digest.Prefix + new string('0', 64);

    public static PlanView Of(Spec spec) => spec is TransferStudySpec study ? OfStudy(study) : OfJob((JobSpec)spec);

    /// <summary>What the spec names by an alias.</summary>
    public static IReadOnlyList<string> Aliases(Spec spec) => spec switch
    {
        TransferStudySpec study => [.. StudyPlanner.Aliases(study)],
        JobSpec job => [.. job.Inputs().Select(i => i.Reference).Where(InputRef.IsAlias).Distinct()],
        _ => [],
    };

    private static PlanView OfStudy(TransferStudySpec study)
    {
        var aliases = Aliases(study);
        var plan = StudyPlanner.Plan(JobIds.DefaultTenant, study, aliases.ToDictionary(a => a, _ => NoDigest));
        // The shape of the plan holds whatever the aliases stand for; ids do not.
        string Id(string id) => aliases.Count == 0 ? id : Unknown;
        string[] Ids(string[] ids) => aliases.Count == 0 ? ids : [];
        return new PlanView(Id(plan.StudyId), study, [.. plan.Jobs.Select(j => new PlanRow(j.Key, Id(j.JobId), SpecKinds.Of(j.Spec), j.Name, Ids(j.DependsOn), null))]);
    }

    private static PlanView OfJob(JobSpec job)
    {
        var id = Aliases(job).Count == 0 ? JobIds.Of(JobIds.DefaultTenant, job) : Unknown;
        var inputs = job.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct();
        return new PlanView(id, job, [new PlanRow("", id, SpecKinds.Of(job), job.Name, [.. inputs], null)]);
    }
}
