using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>One <c>ptune carry</c>: the contract, the measurements, the estimate, the verdict, and what is saved.</summary>
internal sealed class Carrier(Session session, ServerLease server, Interruption interruption, CarryOrder order)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="CliException">The contract is broken, a file is refused, or the server cannot be reached.</exception>
    public async Task<int> ToEndAsync(ProbeFile probe, ProbeFile? general, OutputFormat format, bool sure)
    {
        var parties = await server.UseAsync(client => CarryParties.FindAsync(client, order, interruption.Token));
        var saving = new CarrySaving(session, server, interruption, order, parties);
        await saving.RequireFreeNameAsync();
        var warnings = parties.Warnings(order).ToList();
        var plan = new CarryPlan(session, server, interruption, order, new CarryJobs(order, parties));
        var specs = await plan.MakeAsync(parties, probe, general, warnings);
        foreach (var warning in warnings) session.Terminal.Note($"warning: {warning}");
        if (!await plan.AgreeAsync(specs, sure)) return ExitCode.Interrupted;
        var evaluations = new Evaluations(session, server, interruption);
        var (jobs, failed) = await evaluations.ToEndAsync(specs, order.IsFresh);
        if (failed is { } code) return code;
        var result = await JudgeAsync(parties, evaluations, jobs, warnings);
        if (result.Verdict == CarryVerdict.Carry || order.Anyway)
        {
            var (saved, failure) = await saving.ToEndAsync();
            if (failure is { } refused) return refused;
            if (saved is not null) result = result with { Saved = order.Save, SavedDigest = saved };
        }
        CarryReport.Write(session.Terminal, format, result, order);
        return CodeOf(result.Verdict);
    }

    /// <summary>Scripts go by it.</summary>
    public static int CodeOf(CarryVerdict verdict) => verdict switch
    {
        CarryVerdict.Carry => ExitCode.Done,
        CarryVerdict.Retrain => ExitCode.Retrain,
        _ => ExitCode.Leave,
    };

    private async Task<CarryResult> JudgeAsync(CarryParties parties, Evaluations evaluations, IReadOnlyList<JobView> jobs, List<string> warnings)
    {
        var carried = jobs[0].Result!;
        var metric = carried.Metrics.ContainsKey(MetricNames.BitsPerByte) ? MetricNames.BitsPerByte : MetricNames.Accuracy;
        var values = new List<IReadOnlyList<IReadOnlyDictionary<string, double>>>();
        foreach (var job in jobs) values.Add(await evaluations.ValuesAsync(job));
        var (own, compared) = (CarryComparison.Of(metric, values[3], values[2]), CarryComparison.Of(metric, values[1], values[0]));
        var generalMetric = jobs.Count > 4 && jobs[4].Result!.Metrics.ContainsKey(MetricNames.BitsPerByte) ? MetricNames.BitsPerByte : MetricNames.Accuracy;
        var studies = await server.UseAsync(client => StudyEvidence.ReadAsync(client, parties.Artifact.Manifest.Kind, metric, interruption.Token));
        var figures = new CarryFigures
        {
            Probe = compared,
            Own = own,
            General = jobs.Count > 4 ? CarryComparison.Of(generalMetric, values[5], values[4]) : null,
            Retraining = RetrainingEstimate.Of(compared.Gain, studies),
        };
        var overlap = carried.Measurements.TryGetValue(MetricNames.Overlap, out var counted) ? (long?)counted : null;
        foreach (var warning in Found(carried, overlap, compared.Count))
        {
            warnings.Add(warning);
            session.Terminal.Note($"warning: {warning}");
        }
        var decision = CarryRules.Decide(figures);
        return new CarryResult
        {
            Artifact = order.Artifact,
            ArtifactDigest = parties.Artifact.Digest,
            Kind = Words.Lower(parties.Artifact.Manifest.Kind),
            Source = parties.Source.Digest,
            SourceLicence = CarryParties.Licence(parties.Source),
            Target = order.Target,
            TargetDigest = parties.Target.Digest,
            TargetLicence = CarryParties.Licence(parties.Target),
            Weight = parties.IsPatch ? null : order.Weight,
            Risk = CarryRisk.Of(carried.Metrics),
            Probe = figures.Probe,
            Own = figures.Own,
            General = figures.General,
            Retraining = figures.Retraining,
            Overlap = overlap,
            Verdict = decision.Verdict,
            Reasons = decision.Reasons,
            Warnings = warnings,
            Jobs = [.. jobs.Select(job => job.JobId)],
        };
    }

    private static IEnumerable<string> Found(JobResult carried, long? overlap, int count)
    {
        if (overlap > 0) yield return $"{Words.Count(overlap.Value, "example")} of {count} of the probe {(overlap == 1 ? "is" : "are")} among those that the artifact was tuned on: the gain is overstated.";
        if (carried.Metrics.TryGetValue(MetricNames.TokensWithoutReward, out var without) && without > 0) yield return $"{Words.Count((long)without, "token")} of the target {(without == 1 ? "is" : "are")} not in the reward's vocabulary and get a reward of 0.";
        if (carried.Metrics.TryGetValue(MetricNames.TokensUnknownToReward, out var unknown) && unknown > 0) yield return $"The reward read another token in place of {Words.Count((long)unknown, "token")} of the probe that it does not have.";
    }
}
