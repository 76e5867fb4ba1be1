using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Specs;

/// <summary>A plan from a spec alone, without a server and so without a store.</summary>
internal static class LocalPlan
{
    /// <exception cref="CliException">The spec names something by an alias, which only a store can resolve.</exception>
    public static PlanView Of(Spec spec)
    {
        if (spec is TransferStudySpec study)
        {
            if (StudyPlanner.Aliases(study).FirstOrDefault() is { } alias) throw Unresolved(alias);
            var plan = StudyPlanner.Plan(JobIds.DefaultTenant, study, new Dictionary<string, string>());
            return new PlanView(plan.StudyId, study, [.. plan.Jobs.Select(j => new PlanRow(j.Key, j.JobId, SpecKinds.Of(j.Spec), j.Name, j.DependsOn, null))]);
        }
        var job = (JobSpec)spec;
        if (job.Inputs().FirstOrDefault(i => InputRef.IsAlias(i.Reference)) is { Reference: { } named }) throw Unresolved(named);
        var id = JobIds.Of(JobIds.DefaultTenant, job);
        var inputs = job.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct();
        return new PlanView(id, job, [new PlanRow("", id, SpecKinds.Of(job), job.Name, [.. inputs], null)]);
    }

    private static CliException Unresolved(string alias) => new(
        ExitCode.Unreachable, $"What '{alias}' stands for is known only to a store.", "Start a server with 'ptune server', or name one with --server; or write the artifact's digest, sha256:...");
}
