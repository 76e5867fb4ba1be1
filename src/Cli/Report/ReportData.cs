using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Report;

/// <summary>Everything that a finished run's tables and report are made of.</summary>
/// <param name="Study">Null if the run was not a study.</param>
/// <param name="Jobs">The study's jobs in the order of its plan, those of a sweep's best trial, or the one job.</param>
/// <param name="Spec">As read from the file, with its defaults.</param>
/// <param name="Sweep">Null if the run was not a sweep.</param>
internal sealed record ReportData(StudyView? Study, JobView[] Jobs, Spec Spec, ServerInfo? Server, DateTimeOffset Made, SweepView? Sweep = null)
{
    private const int Parallel = 8;

    /// <summary>A result says null where something was not measured, so that nobody takes a missing key for an older format.</summary>
    private static readonly JsonSerializerOptions Options = new(SpecJson.Indented) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public string Name => Study?.Name ?? Sweep?.Name ?? (Jobs[0].Name.Length > 0 ? Jobs[0].Name : Jobs[0].JobId);

    /// <summary>The jobs that stood in the store.</summary>
    public HashSet<string> Reused => [.. (Study?.Cells ?? Sweep?.Cells ?? []).Where(c => c.Reused).Select(c => c.JobId)];

    /// <summary>The file that holds <see cref="Result"/>.</summary>
    public string ResultFile => Sweep is null ? "result.json" : "sweep.json";

    /// <summary>A study's comparison, a sweep's trials, or a job as the server shows it; without secrets.</summary>
    public JsonNode Result => Redaction.Of(this switch
    {
        { Study.Result: { } result } => JsonSerializer.SerializeToNode(result, Options),
        { Sweep.Result: { } result } => JsonSerializer.SerializeToNode(result, Options),
        _ => JsonSerializer.SerializeToNode(Jobs[0], SpecJson.Options),
    })!;

    public string ResultText => Result.ToJsonString(Options) + "\n";

    public static async Task<ReportData> GatherAsync(ServerClient client, Submitted final, Spec spec, DateTimeOffset now, CancellationToken cancellation)
    {
        var server = await client.FindAsync<ServerInfo>(Routes.Version, cancellation);
        if (final.Job is { } job) return new ReportData(null, [job], spec, server, now);
        if (final.Study?.Result is null && final.Sweep?.Result is null)
            throw new CliException(ExitCode.Unreachable, $"The server reports {final.Name} as done, but sends no result.", "'ptune version' compares client and server.");
        var ids = final.Sweep?.Result is { } found ? found.Trials[found.Best - 1].Rungs.SelectMany(r => r.Jobs).Distinct().ToArray() : [.. final.Graph!.Cells.Select(c => c.JobId)];
        var jobs = new JobView[ids.Length];
        await System.Threading.Tasks.Parallel.ForAsync(0, jobs.Length, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (i, token) =>
            jobs[i] = await client.GetAsync<JobView>(ServerClient.Fill(Routes.Job, ids[i]), token));
        var study = final.Study is { Result: { Generations: { } texts } result } read ? read with { Result = result with { Generations = await WrittenTexts.ReadAsync(client, texts, cancellation) } } : final.Study;
        return new ReportData(study, jobs, spec, server, now, final.Sweep);
    }
}
