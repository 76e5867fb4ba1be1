using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Generations;

/// <summary>Lets a model of the store write: submits a job, shows its text as it comes, and prints the answers as the command on a folder does.</summary>
internal sealed class Generation(Session session, ServerLease server, Interruption interruption)
{
    private const string FileName = "generations.jsonl";

    /// <param name="spec">The job without its prompts.</param>
    /// <param name="prompts">All prompts, also those that cannot be sent.</param>
    /// <param name="json">JSON Lines instead of text.</param>
    /// <returns>The exit code: 1 where a prompt could not be continued.</returns>
    /// <exception cref="CliException">The job is refused, or the server cannot be reached.</exception>
    public async Task<int> ToEndAsync(GenerationSpec spec, IReadOnlyList<Prompt> prompts, bool json)
    {
        int[] places = [.. Enumerable.Range(0, prompts.Count).Where(place => prompts[place].Error is null)];
        var lines = new AnswerLines(Console.Out, Console.Error, prompts.Count, json, isTerminal: !Console.IsOutputRedirected);
        foreach (var (place, prompt) in prompts.Index())
            if (prompt.Error is { } error) lines.OnAnswer(place, new GeneratedAnswer { Error = error });
        if (places.Length == 0) return ExitCode.JobFailed;
        // Where answers come onto the screen, a bar that is drawn again and again would tear them apart.
        var answers = new StreamedAnswers(lines, places, json && Console.IsOutputRedirected ? RunDisplays.Create(session) : null);
        var job = With(spec, [.. places.Select(place => prompts[place])]);
        var submitted = await server.UseAsync(client => new Submitter(client).SubmitAsync(job, fresh: false, interruption.Token));
        var run = new InterruptibleRun(session, server, interruption);
        var final = await run.FollowAsync(submitted, answers);
        if (final.Status != JobStatus.Succeeded) return await run.FailedAsync(final, "The same command begins again.");
        var rate = places.Length == 1 && final.Job!.Result!.Measurements.TryGetValue(MetricNames.TokensPerSecond, out var measured) ? measured : (double?)null;
        var written = await server.UseAsync(client => ReadAsync(client, final.Job!.Result!.Artifact));
        for (var number = 0; number < written.Length; number++)
            answers.End(number, written[number] with { TokensPerSecond = written[number].Error is null ? rate : null });
        return lines.AnyFailed ? ExitCode.JobFailed : ExitCode.Done;
    }

    private static GenerationSpec With(GenerationSpec spec, Prompt[] prompts) => prompts[0] switch
    {
        { Text: not null } => spec with { Prompts = [.. prompts.Select(prompt => prompt.Text!)] },
        { Conversation: not null } => spec with { Conversations = [.. prompts.Select(prompt => prompt.Conversation!)] },
        _ => spec with { PromptIds = [.. prompts.Select(prompt => prompt.Ids!)] },
    };

    private async Task<GeneratedAnswer[]> ReadAsync(ServerClient client, string artifact)
    {
        var answers = new List<GeneratedAnswer>();
        var route = ServerClient.Fill(Routes.ArtifactFile, artifact).Replace("{*path}", FileName, StringComparison.Ordinal);
        using var reader = new StreamReader(await client.OpenAsync(route, interruption.Token));
        while (await reader.ReadLineAsync(interruption.Token) is { } line)
            answers.Add(JsonSerializer.Deserialize<GeneratedAnswer>(line, SpecJson.Options) ?? throw ServerAnswers.Foreign(client.Address, $"a line of {FileName} is empty"));
        return [.. answers];
    }
}
