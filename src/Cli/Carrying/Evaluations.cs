using System.Text.Json;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>Evaluations that are submitted together and followed to their ends.</summary>
internal sealed class Evaluations(Session session, ServerLease server, Interruption interruption)
{
    private const string ValuesFile = "examples.jsonl";

    /// <returns>The jobs in their order; or the exit code, after saying which failed. The others are then cancelled.</returns>
    public async Task<(IReadOnlyList<JobView> Jobs, int? Failed)> ToEndAsync(IReadOnlyList<EvaluationSpec> specs, bool fresh)
    {
        var submitted = new List<Submitted>();
        foreach (var spec in specs) submitted.Add(await server.UseAsync(client => new Submitter(client).SubmitAsync(spec, fresh, interruption.Token)));
        var run = new InterruptibleRun(session, server, interruption);
        var ended = new List<JobView>();
        foreach (var (number, one) in submitted.Index())
        {
            var final = await run.FollowAsync(one, RunDisplays.Create(session));
            if (final.Status != JobStatus.Succeeded)
            {
                foreach (var other in submitted.Skip(number + 1)) await server.UseAsync(client => new Submitter(client).CancelAsync(other, CancellationToken.None));
                return (ended, await run.FailedAsync(final, "The same command continues from there."));
            }
            ended.Add(final.Job!);
        }
        return (ended, null);
    }

    /// <summary>What an evaluation keeps of each example.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, double>>> ValuesAsync(JobView job)
    {
        var route = ServerClient.Fill(Routes.ArtifactFile, job.Result!.Artifact).Replace("{*path}", ValuesFile, StringComparison.Ordinal);
        return await server.UseAsync(async client =>
        {
            var values = new List<IReadOnlyDictionary<string, double>>();
            using var reader = new StreamReader(await client.OpenAsync(route, interruption.Token));
            while (await reader.ReadLineAsync(interruption.Token) is { } line)
                values.Add(JsonSerializer.Deserialize<Dictionary<string, double>>(line, SpecJson.Options) ?? throw ServerAnswers.Foreign(client.Address, $"a line of {ValuesFile} is empty"));
            return values;
        });
    }
}
