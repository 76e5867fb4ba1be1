using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Runs;

/// <summary>Finds a job, a study or a sweep by its id or a prefix of it.</summary>
internal static class Lookup
{
    /// <exception cref="CliException">There is none, or more than one.</exception>
    public static async Task<Submitted> FindAsync(ServerClient client, string id, CancellationToken cancellation)
    {
        var study = client.FindAsync<StudyView>(ServerClient.Fill(Routes.Study, id), cancellation);
        var sweep = client.FindAsync<SweepView>(ServerClient.Fill(Routes.Sweep, id), cancellation);
        var job = client.FindAsync<JobView>(ServerClient.Fill(Routes.Job, id), cancellation);
        Submitted[] found = [.. new object?[] { await study, await sweep, await job }.OfType<object>().Select(Submitted.Of)];
        return found switch
        {
            [var one] => one,
            [] => throw new CliException(ExitCode.NotFound, $"There is no job, study or sweep '{id}'.", "'ptune list' shows their ids."),
            _ => throw new CliException(ExitCode.Usage, $"'{id}' is ambiguous: {string.Join(", ", found.Select(f => $"{f.Kind} {f.Id}"))}.", "Give more of the id."),
        };
    }
}
