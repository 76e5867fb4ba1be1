using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Runs;

/// <summary>Finds a job or a study by its id or the beginning of it.</summary>
internal static class Lookup
{
    /// <exception cref="CliException">There is none, or more than one.</exception>
    public static async Task<Submitted> FindAsync(ServerClient client, string id, CancellationToken cancellation)
    {
        var study = client.FindAsync<StudyView>(ServerClient.Fill(Routes.Study, id), cancellation);
        var job = client.FindAsync<JobView>(ServerClient.Fill(Routes.Job, id), cancellation);
        return (await study, await job) switch
        {
            (null, null) => throw new CliException(ExitCode.NotFound, $"There is no job or study '{id}'.", "'ptune list' shows their ids."),
            ({ } s, { } j) => throw new CliException(ExitCode.Usage, $"'{id}' is the beginning of study {s.StudyId} and of job {j.JobId}.", "Write more of the id."),
            var (s, j) => new Submitted(s, j),
        };
    }
}
