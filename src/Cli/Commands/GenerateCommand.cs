using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Output;
using Ptune.Contracts.Commands;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune generate</c>: a language model continues prompts.</summary>
internal static class GenerateCommand
{
    public static Command Create(Session session)
    {
        var model = new Argument<string>("MODEL") { Description = "The model's folder.", HelpName = "MODEL" };
        var promptIds = new Option<string>("--prompt-ids") { Description = "A JSON file with a list of lists of ids, such as [[1, 2, 3], [4, 5]]; - is standard input.", HelpName = "FILE", Required = true };
        var patch = new Option<string?>("--patch") { Description = "A PEFT folder: the model answers with it.", HelpName = "FOLDER" };
        var temperature = new Option<double?>("--temperature") { Description = "0 takes the best token each time. Default: what the model's generation_config.json says, else 0.", HelpName = "X" };
        var topK = new Option<int?>("--top-k") { Description = "Draws from the N best tokens only; 0 is all.", HelpName = "N" };
        var topP = new Option<double?>("--top-p") { Description = "Draws from the fewest best tokens whose probabilities reach X.", HelpName = "X" };
        var penalty = new Option<double?>("--repetition-penalty") { Description = "Divides the scores of tokens that were seen; 1 is none.", HelpName = "X" };
        var maxTokens = new Option<long?>("--max-tokens") { Description = "New tokens at most. Default: 256, or what fits into the context.", HelpName = "N" };
        var ignoreEos = new Option<bool>("--ignore-eos") { Description = "Goes on past end tokens." };
        var seed = new Option<long>("--seed") { Description = "The same seed draws the same text. Default: 0.", HelpName = "N" };
        var dtype = FolderOptions.Dtype();
        var command = new Command("generate", "Continues prompts. A prompt that cannot be continued gets an error in its place, and the exit code is 1.")
        {
            model, promptIds, patch, temperature, topK, topP, penalty, maxTokens, ignoreEos, seed, dtype,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(GlobalOptions.Output) == OutputFormat.Yaml) result.AddError("ptune generate writes table or json, not yaml.");
        });
        command.SetAction((parsed, _) => ExecutorChild.RunAsync(session, GenerateRequest.Name, new GenerateRequest
        {
            Model = ModelFolder.Find("generate", parsed.GetRequiredValue(model)),
            PromptIds = FolderOptions.ExistingFile(parsed.GetRequiredValue(promptIds))!,
            Patch = parsed.GetValue(patch) is { } path ? FolderOptions.Existing(path, "the adapter's files") : null,
            Temperature = parsed.GetValue(temperature),
            TopK = parsed.GetValue(topK),
            TopP = parsed.GetValue(topP),
            RepetitionPenalty = parsed.GetValue(penalty),
            MaxTokens = parsed.GetValue(maxTokens),
            IgnoreEos = parsed.GetValue(ignoreEos),
            Seed = parsed.GetValue(seed),
            Dtype = parsed.GetRequiredValue(dtype),
            Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
        }));
        return command.WithExamples("ptune generate ./smollm2 --prompt-ids prompts.json --max-tokens 64 -o json", "ptune generate ./smollm2 --prompt-ids prompts.json --temperature 0.7 --top-p 0.9 --seed 3");
    }
}
