using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Output;
using Ptune.Contracts.Commands;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune tokenize</c>: texts or conversations to ids, and back.</summary>
internal static class TokenizeCommand
{
    public static Command Create(Session session)
    {
        var model = new Argument<string>("MODEL") { Description = "The model's folder, or NAME@VERSION or sha256:... in the store; only its tokenizer's files are read.", HelpName = "MODEL" };
        var file = new Option<string?>("--file") { Description = "JSON Lines: {\"text\": ...} each, or {\"ids\": [...]} with --decode; - is standard input.", HelpName = "FILE" };
        var messages = new Option<string?>("--messages")
        {
            Description = "JSON Lines: {\"messages\": [...]} each, with tools, documents, add_generation_prompt, continue_final_message and kwargs; - is standard input.",
            HelpName = "FILE",
        };
        var template = FolderOptions.Template();
        var now = FolderOptions.Now();
        var noSpecial = new Option<bool>("--no-special") { Description = "Leaves out the tokens that the tokenizer adds around a text." };
        var decode = new Option<bool>("--decode") { Description = "From ids to text." };
        var command = new Command("tokenize", "Shows what a model's tokenizer and chat template make of texts and conversations. Control tokens in the contents of messages stay text.")
        {
            model, file, messages, template, now, noSpecial, decode,
        };
        command.Validators.Add(result =>
        {
            var (texts, conversations) = (result.GetResult(file) is not null, result.GetResult(messages) is not null);
            if (texts == conversations) result.AddError("ptune tokenize needs either --file or --messages.");
            FolderOptions.RequireMessages(result, messages, template, now);
            if (conversations && result.GetResult(decode) is { Implicit: false }) result.AddError("--decode goes with --file only.");
            if (conversations && result.GetResult(noSpecial) is { Implicit: false }) result.AddError("--no-special goes with --file only: a rendered conversation never gets further tokens.");
            GlobalOptions.RefuseYaml(result);
        });
        command.SetAction((parsed, _) =>
        {
            Task<int> RunAsync(string folder) => ExecutorChild.RunAsync(session, TokenizeRequest.Name, new TokenizeRequest
            {
                Model = folder,
                File = parsed.GetValue(file),
                Messages = parsed.GetValue(messages),
                Template = parsed.GetValue(template),
                Now = parsed.GetValue(now),
                NoSpecial = parsed.GetValue(noSpecial),
                Decode = parsed.GetValue(decode),
                Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
            });
            var wanted = parsed.GetRequiredValue(model);
            return ModelFolder.IsPath(wanted) ? RunAsync(ModelFolder.Find(wanted)) : StoredModels.WithoutWeightsAsync(session, parsed, wanted, RunAsync);
        });
        return command.WithExamples("ptune tokenize ./smollm2 --file texts.jsonl -o json", "ptune tokenize ./smollm2 --messages conversations.jsonl --now 2025-03-09T10:30:00", "ptune tokenize smol@v1 --file texts.jsonl");
    }
}
