using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Generations;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune generate</c>: a language model continues prompts.</summary>
internal static class GenerateCommand
{
    public static Command Create(Session session)
    {
        var model = new Argument<string>("MODEL") { Description = "The model's folder, or NAME@VERSION or sha256:... in the store.", HelpName = "MODEL" };
        var prompt = new Option<string[]>("--prompt") { Description = "A text to continue. May be repeated: the texts are computed together.", HelpName = "TEXT" };
        var messages = new Option<string?>("--messages")
        {
            Description = "JSON Lines: {\"messages\": [...]} each, as for ptune tokenize; - is standard input. Where a line sets neither add_generation_prompt nor continue_final_message, a new answer is generated.",
            HelpName = "FILE",
        };
        var promptIds = new Option<string?>("--prompt-ids") { Description = "A JSON file with a list of lists of ids, such as [[1, 2, 3], [4, 5]]; - is standard input. Needs no tokenizer, and is answered with ids only.", HelpName = "FILE" };
        var template = FolderOptions.Template();
        var now = FolderOptions.Now();
        var patch = new Option<string?>("--patch") { Description = "A PEFT folder, or a patch in the store: the model answers with it.", HelpName = "PATCH" };
        var (rewards, sources) = (RewardOptions.Rewards(), RewardOptions.Sources());
        var temperature = new Option<double?>("--temperature") { Description = "0 takes the best token each time. Default: what the model's generation_config.json says, else 0.", HelpName = "X" };
        var topK = new Option<int?>("--top-k") { Description = "Draws from the N best tokens only; 0 is all.", HelpName = "N" };
        var topP = new Option<double?>("--top-p") { Description = "Draws from the fewest best tokens whose probabilities reach X.", HelpName = "X" };
        var penalty = new Option<double?>("--repetition-penalty") { Description = "Divides the scores of tokens that were seen; 1 is none.", HelpName = "X" };
        var maxTokens = new Option<long?>("--max-tokens") { Description = "New tokens at most. Default: 256, or what fits into the context.", HelpName = "N" };
        var stop = new Option<string[]>("--stop") { Description = "A text that ends an answer, which ends before it. May be repeated.", HelpName = "TEXT" };
        var ignoreEos = new Option<bool>("--ignore-eos") { Description = "Continues past end tokens." };
        var seed = new Option<long>("--seed") { Description = "The same seed draws the same text. Default: 0.", HelpName = "N" };
        var dtype = FolderOptions.Dtype();
        var command = new Command("generate", "Continues prompts and answers conversations. A prompt that cannot be continued gets an error in its place, and the exit code is 1.")
        {
            model, prompt, messages, promptIds, template, now, patch, rewards, sources, temperature, topK, topP, penalty, maxTokens, stop, ignoreEos, seed, dtype,
        };
        stop.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0)) result.AddError("--stop is empty: it would end every answer at once.");
        });
        command.Validators.Add(result =>
        {
            int given = new Option[] { prompt, messages, promptIds }.Count(option => result.GetResult(option) is not null);
            if (given != 1) result.AddError("ptune generate needs exactly one of --prompt, --messages and --prompt-ids.");
            FolderOptions.RequireMessages(result, messages, template, now);
            if (result.GetResult(sources) is not null && result.GetResult(rewards) is null) result.AddError("--reward-source goes with --reward only.");
            if (result.GetResult(promptIds) is not null && result.GetResult(stop) is not null) result.AddError("--stop does not go with --prompt-ids: stop strings are looked for in text, and ids are answered with ids only.");
            if (result.ValueOr(maxTokens, null) is < 1 and var count) result.AddError($"--max-tokens is {count:N0}; it must be at least 1.");
            GlobalOptions.RefuseYaml(result);
        });
        command.SetAction(async (parsed, _) =>
        {
            var request = new GenerateRequest
            {
                Model = parsed.GetRequiredValue(model),
                Prompts = parsed.GetValue(prompt) is { Length: > 0 } texts ? texts : null,
                Messages = FolderOptions.ExistingFile(parsed.GetValue(messages)),
                PromptIds = FolderOptions.ExistingFile(parsed.GetValue(promptIds)),
                Template = FolderOptions.ExistingFile(parsed.GetValue(template)),
                Now = parsed.GetValue(now),
                Stop = parsed.GetValue(stop) ?? [],
                Patch = parsed.GetValue(patch),
                Temperature = parsed.GetValue(temperature),
                TopK = parsed.GetValue(topK),
                TopP = parsed.GetValue(topP),
                RepetitionPenalty = parsed.GetValue(penalty),
                MaxTokens = parsed.GetValue(maxTokens),
                IgnoreEos = parsed.GetValue(ignoreEos),
                Seed = parsed.GetValue(seed),
                Dtype = parsed.GetRequiredValue(dtype),
                Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
            };
            RewardWord[] words = [.. (parsed.GetValue(rewards) ?? []).Select(RewardWord.Parse)];
            foreach (var note in words.Select(word => word.Note).OfType<string>()) session.Terminal.Note($"note: {note}");
            var tunedOn = parsed.GetValue(sources) ?? [];
            if (ModelFolder.AreInStore(request.Model, request.Patch, words, tunedOn)) return await InStoreAsync(session, parsed, request, words, tunedOn);
            return await ExecutorChild.RunAsync(session, GenerateRequest.Name, request with
            {
                Model = ModelFolder.Find(request.Model),
                Patch = request.Patch is { } folder ? ModelFolder.Find(folder, "the adapter's files") : null,
                Rewards = [.. words.Select(word => new RewardRequest(ModelFolder.Find(word.Reference, "the reward's files"), word.Weight, word.Reference))],
                RewardSources = [.. tunedOn.Select(source => ModelFolder.Find(source))],
            });
        });
        return command.WithExamples(
            "ptune generate ./smollm2 --prompt 'The capital of Japan is' --stop . --max-tokens 20",
            "ptune generate ./smollm2 --messages conversations.jsonl --temperature 0.7 --top-p 0.9 --seed 3 -o json",
            "ptune generate smol@v1 --patch legal@v1 --prompt 'The tenant shall' --max-tokens 40",
            "ptune generate smol@v2 --reward tone@v3:0.8 --reward legal@v1 --prompt 'The tenant shall'");
    }

    private static async Task<int> InStoreAsync(Session session, ParseResult parsed, GenerateRequest request, RewardWord[] rewards, string[] sources)
    {
        _ = ModelFolder.Reference(request.Model);
        if (request.Patch is not null) _ = ModelFolder.Reference(request.Patch);
        foreach (var reference in rewards.Select(reward => reward.Reference).Concat(sources)) _ = ModelFolder.Reference(reference);
        var prompts = PromptSource.Read(request);
        var spec = GenerationJob.Of(request);
        using var interruption = new Interruption();
        await using var server = await ServerLeases.TakeAsync(session, parsed, interruption, request.Model);
        var resolved = await server.UseAsync(async client => spec with
        {
            Model = await new StoredArtifact(client, request.Model).DigestAsync(ArtifactKind.Model, interruption.Token),
            Patch = request.Patch is null ? null : await new StoredArtifact(client, request.Patch).DigestAsync(ArtifactKind.Patch, interruption.Token),
            Rewards = rewards.Length == 0 ? null : [.. rewards.Zip(
                await new StoredRewards(client, interruption.Token).FindAsync([.. rewards.Select(reward => reward.Reference)], sources),
                (word, found) => new RewardUse { Reward = found.Reward.Digest, Weight = word.Weight, Source = found.Source?.Digest })],
        });
        return await new Generation(session, server, interruption).ToEndAsync(resolved, prompts, request.Json);
    }
}
