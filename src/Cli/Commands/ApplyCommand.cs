using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Output;
using Ptune.Contracts.Commands;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune apply</c>: a patch is merged into a model's weights.</summary>
internal static class ApplyCommand
{
    public static Command Create(Session session)
    {
        var model = new Argument<string>("MODEL") { Description = "The model's folder, or NAME@VERSION or sha256:... in the store.", HelpName = "MODEL" };
        var patch = new Option<string>("--patch") { Description = "A PEFT folder with low-rank deltas or saved modules, or such a patch in the store.", HelpName = "PATCH", Required = true };
        var to = new Option<string>("--to") { Description = "The folder of the merged model. It must not exist, or be empty.", HelpName = "FOLDER", Required = true };
        var dtype = new Option<string?>("--dtype") { Description = "What the weights are stored in: float32, bfloat16 or float16. Default: each tensor as in the model.", HelpName = "TYPE" };
        dtype.AcceptOnlyFromAmong("float32", "bfloat16", "float16");
        var command = new Command("apply", "Merges a patch into a model's weights and writes a folder that transformers loads. Sums are computed in float32 and rounded once.") { model, patch, to, dtype };
        command.Validators.Add(GlobalOptions.RefuseYaml);
        command.SetAction((parsed, _) =>
        {
            var (wanted, patched, target) = (parsed.GetRequiredValue(model), parsed.GetRequiredValue(patch), Path.GetFullPath(parsed.GetRequiredValue(to)));
            Task<int> RunAsync(string folder, string? adapter) => ExecutorChild.RunAsync(session, ApplyRequest.Name, new ApplyRequest
            {
                Model = folder,
                Patch = adapter!,
                To = target,
                Dtype = parsed.GetValue(dtype),
                Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
            });
            if (!ModelFolder.AreInStore(wanted, patched)) return RunAsync(ModelFolder.Find(wanted), ModelFolder.Find(patched, "the adapter's files"));
            // Before gigabytes are fetched.
            if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
                throw new CliException(ExitCode.Usage, $"'{target}' is not empty.", "Name a folder that does not exist yet.");
            var parent = Path.GetDirectoryName(target) ?? target;
            return Directory.Exists(parent)
                ? StoredModels.WholeAsync(session, parsed, wanted, patched, parent, RunAsync)
                : throw new CliException(ExitCode.NotWritten, $"There is no folder '{parent}' to write to.", "Create it first.");
        });
        return command.WithExamples("ptune apply ./smollm2 --patch ./legal-lora --to ./smollm2-legal --dtype bfloat16", "ptune apply smol@v1 --patch legal@v1 --to ./smollm2-legal");
    }
}
