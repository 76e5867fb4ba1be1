using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>Sends the files, writes the jobs, and says what they will cost.</summary>
internal sealed class CarryPlan(Session session, ServerLease server, Interruption interruption, CarryOrder order, CarryJobs jobs)
{
    /// <summary>The target with the artifact and without it, the source with it and without it, all on the probe; then the target with and without it on the general data, where there are any.</summary>
    public async Task<IReadOnlyList<EvaluationSpec>> MakeAsync(CarryParties parties, ProbeFile probe, ProbeFile? general, List<string> warnings)
    {
        var (source, target) = (parties.Source.Digest, parties.Target.Digest);
        var data = probe.Data(await SendAsync(probe), jobs.MaxTokens);
        var carried = jobs.Probed(data, "carried-on-probe", await TunedOnAsync(parties));
        if (await OverlapAsync(carried) is { } overlap) warnings.AddRange(overlap);
        else carried = carried with { TunedOn = null };
        if (carried.TunedOn is null) warnings.Add("The data that the artifact was tuned on are not known, or no longer there: whether the probe overlaps them was not checked.");
        var specs = new List<EvaluationSpec> { carried, jobs.Bare(target, data, "bare-on-probe"), jobs.Carried(source, data, "tuned-source-on-probe"), jobs.Bare(source, data, "source-on-probe") };
        if (general is null) return specs;
        var texts = general.Data(await SendAsync(general), jobs.MaxTokens);
        return [.. specs, jobs.Carried(target, texts, "carried-on-general"), jobs.Bare(target, texts, "bare-on-general")];
    }

    /// <summary>Says what is to be computed, and asks where there is somebody to ask.</summary>
    /// <returns>False: the user does not want it.</returns>
    public async Task<bool> AgreeAsync(IReadOnlyList<EvaluationSpec> specs, bool sure)
    {
        var rows = new List<PlanRow>();
        foreach (var spec in specs) rows.AddRange((await PlanAsync(spec)).Jobs);
        var plan = new PlanView("", specs[0], [.. rows]);
        var estimate = RunEstimate.Of(plan, order.IsFresh);
        session.Terminal.Note($"carry {order.Artifact} to {order.Target}: {estimate.Describe()}");
        foreach (var (name, value) in PlanTotals.Of(plan)) session.Terminal.Note($"  {name}: {value}");
        if (estimate.ToCompute == 0 || sure || !session.Terminal.Asks || await session.Terminal.ConfirmAsync("Compute?", interruption.Token)) return true;
        session.Terminal.Note("Nothing was started.");
        return false;
    }

    /// <summary>Where the artifact's training data lie is known by its job only: the artifact itself is the same wherever they lie.</summary>
    private async Task<DataSpec?> TunedOnAsync(CarryParties parties)
    {
        var job = await server.UseAsync(client => client.FindAsync<JobView>(ServerClient.Fill(Routes.Job, parties.Artifact.Manifest.JobId), interruption.Token));
        return job?.Spec.Training() is null ? null : job.Spec.Examples() is { Dataset: TextDatasetSpec } data ? data : null;
    }

    /// <summary>What the server finds of the probe in the data of the tuning, before anything is computed; null: those are not there to be looked at.</summary>
    private async Task<string[]?> OverlapAsync(EvaluationSpec spec)
    {
        if (spec.TunedOn is null) return null;
        // Of the weight it is said already.
        spec = spec with { Rewards = spec.Rewards?.Select(reward => reward with { Weight = 1 }).ToArray() };
        try
        {
            var plan = await server.UseAsync(client => client.PostSpecAsync<PlanView>(Routes.Plan, SpecText.Checked(spec), interruption.Token));
            return plan.Warnings ?? [];
        }
        catch (SpecRefusedException e) when (e.Problems.All(problem => problem.Path.StartsWith("tunedOn", StringComparison.Ordinal)))
        {
            return null;
        }
        catch (SpecRefusedException e)
        {
            throw SpecText.Refusal(e.Problems);
        }
    }

    private async Task<PlanView> PlanAsync(EvaluationSpec spec)
    {
        try
        {
            return await server.UseAsync(client => client.PostSpecAsync<PlanView>(ServerClient.Query(Routes.Plan, ("fresh", order.IsFresh ? "true" : null)), SpecText.Checked(spec), interruption.Token));
        }
        catch (SpecRefusedException e)
        {
            throw SpecText.Refusal(e.Problems);
        }
    }

    private async Task<string> SendAsync(ProbeFile file)
    {
        var sha256 = "";
        await server.UseAsync(async client =>
        {
            await TransferDisplay.ShowAsync(session.Terminal, async progress => sha256 = await new FileUpload(client, session.Clock, progress).RunAsync(file.Path, interruption.Token));
            return true;
        });
        return sha256;
    }
}
