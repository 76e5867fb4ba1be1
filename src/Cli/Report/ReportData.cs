using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Report;

/// <summary>Everything that a finished run's tables and report are made of.</summary>
/// <param name="Study">Null when the run was a single job.</param>
/// <param name="Jobs">The study's jobs in the order of its plan, or the one job.</param>
/// <param name="Spec">As it was read from the file, defaults filled in.</param>
internal sealed record ReportData(StudyView? Study, JobView[] Jobs, Spec Spec, ServerInfo? Server, DateTimeOffset Made)
{
    private const int Parallel = 8;

    /// <summary>A result says null where something was not measured, so that nobody takes a missing key for an older format.</summary>
    private static readonly JsonSerializerOptions Options = new(SpecJson.Indented) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public string Name => Study?.Name ?? (Jobs[0].Name.Length > 0 ? Jobs[0].Name : Jobs[0].JobId);

    /// <summary>What result.json holds: a study's comparison, or a job as the server shows it.</summary>
    public JsonNode Result => Study is { Result: { } result } ? JsonSerializer.SerializeToNode(result, Options)! : JsonSerializer.SerializeToNode(Jobs[0], SpecJson.Options)!;

    public string ResultText => Result.ToJsonString(Options) + "\n";

    public static async Task<ReportData> GatherAsync(ServerClient client, Submitted final, Spec spec, DateTimeOffset now, CancellationToken cancellation)
    {
        var server = await client.FindAsync<ServerInfo>(Routes.Version, cancellation);
        if (final.Job is { } job) return new ReportData(null, [job], spec, server, now);
        var study = final.Study!;
        if (study.Result is null) throw new CliException(ExitCode.Unreachable, $"The server says that {study.Name} is done and gives no result.", "'ptune version' compares client and server.");
        var jobs = new JobView[study.Cells.Length];
        await System.Threading.Tasks.Parallel.ForAsync(0, jobs.Length, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (i, token) =>
            jobs[i] = await client.GetAsync<JobView>(ServerClient.Fill(Routes.Job, study.Cells[i].JobId), token));
        return new ReportData(study, jobs, spec, server, now);
    }
}
