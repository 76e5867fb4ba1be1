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
        var model = new Argument<string>("MODEL") { Description = "The model's folder.", HelpName = "MODEL" };
        var patch = new Option<string>("--patch") { Description = "A PEFT folder with low-rank deltas or saved modules.", HelpName = "FOLDER", Required = true };
        var to = new Option<string>("--to") { Description = "The folder of the merged model. It must not exist, or be empty.", HelpName = "FOLDER", Required = true };
        var dtype = new Option<string?>("--dtype") { Description = "What the weights are stored in: float32, bfloat16 or float16. Default: each tensor as in the model.", HelpName = "TYPE" };
        dtype.AcceptOnlyFromAmong("float32", "bfloat16", "float16");
        var command = new Command("apply", "Merges a patch into a model's weights and writes a folder that transformers loads. Sums are computed in float32 and rounded once.") { model, patch, to, dtype };
        command.Validators.Add(GlobalOptions.RefuseYaml);
        command.SetAction((parsed, _) => ExecutorChild.RunAsync(session, ApplyRequest.Name, new ApplyRequest
        {
            Model = ModelFolder.Find(parsed.GetRequiredValue(model)),
            Patch = ModelFolder.Find(parsed.GetRequiredValue(patch), "the adapter's files"),
            To = Path.GetFullPath(parsed.GetRequiredValue(to)),
            Dtype = parsed.GetValue(dtype),
            Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
        }));
        return command.WithExamples("ptune apply ./smollm2 --patch ./legal-lora --to ./smollm2-legal --dtype bfloat16");
    }
}
