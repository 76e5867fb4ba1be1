using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Runs;

/// <summary>Hands a spec to the server, whatever its kind.</summary>
internal sealed class Submitter(ServerClient client)
{
    /// <exception cref="SpecRefusedException">The server found problems that the text alone does not show.</exception>
    public async Task<Submitted> SubmitAsync(SpecFile file, bool fresh, string? key, CancellationToken cancellation)
    {
        (string, string?) query = ("fresh", fresh ? "true" : null);
        return file.Spec is TransferStudySpec
            ? new Submitted(await client.PostSpecAsync<StudyView>(ServerClient.Query(Routes.Studies, query), file.Text, cancellation), null)
            : new Submitted(null, await client.PostSpecAsync<JobView>(ServerClient.Query(Routes.Jobs, query), file.Text, cancellation, key));
    }

    public Task<PlanView> PlanAsync(SpecFile file, CancellationToken cancellation) =>
        client.PostSpecAsync<PlanView>(Routes.Plan, file.Text, cancellation);

    /// <summary>Takes the asker's interest away: what nobody else asked for writes a checkpoint and stops.</summary>
    public async Task CancelAsync(Submitted submitted, CancellationToken cancellation)
    {
        if (submitted.Study is { } study) await client.PostAsync<StudyView>(ServerClient.Fill(Routes.StudyCancel, study.StudyId), cancellation);
        else await client.PostAsync<JobView>(ServerClient.Fill(Routes.JobCancel, submitted.Id), cancellation);
    }
}
