using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Output;
using Ptune.Contracts.Commands;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune apply</c>: a patch is merged into a model's weights, or rewards are put beside it.</summary>
internal static class ApplyCommand
{
    public static Command Create(Session session)
    {
        var model = new Argument<string>("MODEL") { Description = "The model's folder, or NAME@VERSION or sha256:... in the store.", HelpName = "MODEL" };
        var patch = new Option<string?>("--patch") { Description = "A PEFT folder with low-rank deltas or saved modules, or such a patch in the store: it is merged into the weights.", HelpName = "PATCH" };
        var (rewards, sources) = (RewardOptions.Rewards(), RewardOptions.Sources());
        var to = new Option<string>("--to") { Description = "The folder that is written. It must not exist, or be empty.", HelpName = "FOLDER", Required = true };
        var dtype = new Option<string?>("--dtype") { Description = "What merged weights are stored in: float32, bfloat16 or float16. Default: each tensor as in the model; of a LoRA reward float32.", HelpName = "TYPE" };
        dtype.AcceptOnlyFromAmong("float32", "bfloat16", "float16");
        var command = new Command(
            "apply",
            "Merges a patch into a model's weights and writes a folder that transformers loads (sums are computed in float32 and rounded once); or writes a model and rewards side by side, with a model card and a script that runs them in transformers.")
        {
            model, patch, rewards, sources, to, dtype,
        };
        command.Validators.Add(result =>
        {
            GlobalOptions.RefuseYaml(result);
            if (result.GetResult(patch) is not null == result.GetResult(rewards) is not null) result.AddError("ptune apply needs either --patch or --reward.");
            if (result.GetResult(sources) is not null && result.GetResult(rewards) is null) result.AddError("--reward-source goes with --reward only.");
        });
        command.SetAction((parsed, _) =>
        {
            var request = new ApplyRequest
            {
                Model = parsed.GetRequiredValue(model),
                Patch = parsed.GetValue(patch),
                To = Path.GetFullPath(parsed.GetRequiredValue(to)),
                Dtype = parsed.GetValue(dtype),
                Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
            };
            RewardWord[] words = [.. (parsed.GetValue(rewards) ?? []).Select(RewardWord.Parse)];
            foreach (var note in words.Select(word => word.Note).OfType<string>()) session.Terminal.Note($"note: {note}");
            return RunAsync(session, parsed, request, words, parsed.GetValue(sources) ?? []);
        });
        return command.WithExamples(
            "ptune apply ./smollm2 --patch ./legal-lora --to ./smollm2-legal --dtype bfloat16",
            "ptune apply smol@v1 --patch legal@v1 --to ./smollm2-legal",
            "ptune apply smol@v2 --reward tone@v3:0.8 --to ./smollm2-tone");
    }

    private static Task<int> RunAsync(Session session, ParseResult parsed, ApplyRequest request, RewardWord[] rewards, string[] sources)
    {
        if (!ModelFolder.AreInStore(request.Model, request.Patch, rewards, sources))
        {
            return ExecutorChild.RunAsync(session, ApplyRequest.Name, request with
            {
                Model = ModelFolder.Find(request.Model),
                Patch = request.Patch is { } folder ? ModelFolder.Find(folder, "the adapter's files") : null,
                Rewards = [.. rewards.Select(reward => new RewardRequest(ModelFolder.Find(reward.Reference, "the reward's files"), reward.Weight, Path.GetFileName(Path.TrimEndingDirectorySeparator(reward.Reference))))],
                RewardSources = [.. sources.Select(source => ModelFolder.Find(source))],
            });
        }

        // Before gigabytes are fetched.
        if (File.Exists(request.To) || (Directory.Exists(request.To) && Directory.EnumerateFileSystemEntries(request.To).Any()))
            throw new CliException(ExitCode.Usage, $"'{request.To}' is not empty.", "Name a folder that does not exist yet.");
        var parent = Path.GetDirectoryName(request.To) ?? request.To;
        if (!Directory.Exists(parent)) throw new CliException(ExitCode.NotWritten, $"There is no folder '{parent}' to write to.", "Create it first.");
        if (request.Patch is not null)
            return StoredModels.WholeAsync(session, parsed, request.Model, request.Patch, parent, (folder, patch) => ExecutorChild.RunAsync(session, ApplyRequest.Name, request with { Model = folder, Patch = patch, IsOwnBase = true }));
        return StoredModels.WithRewardsAsync(
            session, parsed, request.Model, [.. rewards.Select(reward => ModelFolder.Reference(reward.Reference))], [.. sources.Select(ModelFolder.Reference)], parent,
            (folder, rewardFolders, sourceFolders) => ExecutorChild.RunAsync(session, ApplyRequest.Name, request with
            {
                Model = folder,
                ModelName = request.Model,
                Rewards = [.. rewards.Zip(rewardFolders, (reward, place) => new RewardRequest(place, reward.Weight, reward.Reference))],
                RewardSources = sourceFolders,
                // A folder that was imported by reference is the user's.
                MayLink = Path.GetDirectoryName(folder) == parent && Path.GetFileName(folder).StartsWith(".ptune-", StringComparison.Ordinal),
            }));
    }
}
