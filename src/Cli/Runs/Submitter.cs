using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Runs;

/// <summary>Submits a spec of any kind to the server.</summary>
internal sealed class Submitter(ServerClient client)
{
    /// <param name="file">The spec.</param>
    /// <param name="fresh">Also what is in the store is computed.</param>
    /// <param name="key">An idempotency key; null: none.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="move">The name under which a job is published may be taken from another artifact.</param>
    /// <exception cref="SpecRefusedException">The server found problems that the text alone does not show.</exception>
    public async Task<Submitted> SubmitAsync(SpecFile file, bool fresh, string? key, CancellationToken cancellation, bool move = false)
    {
        (string, string?) query = ("fresh", fresh ? "true" : null);
        return Submitted.Of(file.Spec switch
        {
            IStudySpec => await client.PostSpecAsync<StudyView>(ServerClient.Query(Routes.Studies, query), file.Text, cancellation, key),
            SweepSpec => await client.PostSpecAsync<SweepView>(ServerClient.Query(Routes.Sweeps, query), file.Text, cancellation, key),
            _ => await client.PostSpecAsync<JobView>(ServerClient.Query(Routes.Jobs, query, ("move", move ? "true" : null)), file.Text, cancellation, key),
        });
    }

    /// <summary>Submits a job that the client wrote.</summary>
    /// <exception cref="CliException">Something is wrong with it.</exception>
    public async Task<Submitted> SubmitAsync(JobSpec job, bool fresh, CancellationToken cancellation, bool move = false)
    {
        try
        {
            return Submitted.Of(await client.PostSpecAsync<JobView>(ServerClient.Query(Routes.Jobs, ("fresh", fresh ? "true" : null), ("move", move ? "true" : null)), SpecText.Checked(job), cancellation));
        }
        catch (SpecRefusedException e)
        {
            throw SpecText.Refusal(e.Problems);
        }
    }

    public Task<PlanView> PlanAsync(SpecFile file, bool fresh, CancellationToken cancellation) =>
        client.PostSpecAsync<PlanView>(ServerClient.Query(Routes.Plan, ("fresh", fresh ? "true" : null)), file.Text, cancellation);

    /// <summary>Takes the asker's interest away: what nobody else asked for writes a checkpoint and stops.</summary>
    public Task<Submitted> CancelAsync(Submitted submitted, CancellationToken cancellation) =>
        CommandAsync(submitted, submitted.Route(Routes.StudyCancel, Routes.SweepCancel, Routes.JobCancel), cancellation);

    /// <summary>Tries again what failed or was cancelled.</summary>
    public Task<Submitted> RetryAsync(Submitted submitted, CancellationToken cancellation) =>
        CommandAsync(submitted, submitted.Route(Routes.StudyRetry, Routes.SweepRetry, Routes.JobRetry), cancellation);

    private async Task<Submitted> CommandAsync(Submitted submitted, string route, CancellationToken cancellation)
    {
        var path = ServerClient.Fill(route, submitted.Id);
        return Submitted.Of(submitted.View switch
        {
            StudyView => await client.PostAsync<StudyView>(path, cancellation),
            SweepView => await client.PostAsync<SweepView>(path, cancellation),
            _ => await client.PostAsync<JobView>(path, cancellation),
        });
    }
}
