using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Output;
using Ptune.Contracts.Commands;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune models check</c>: what a folder is, and whether it computes what is expected.</summary>
internal static class ModelsCheckCommand
{
    private const double Tolerance = 1e-4;
    private const string Hub = "hf:";

    public static Command Create(Session session)
    {
        var folder = new Argument<string>("MODEL") { Description = "A model's folder in the layout of Hugging Face, NAME@VERSION or sha256:... in the store, or hf:OWNER/NAME[@REVISION], which is fetched from the hub.", HelpName = "MODEL" };
        var expect = new Option<string?>("--expect")
        {
            Description = "A safetensors file with input_ids, attention_mask, token_type_ids or pixel_values, and the logits (or logits_per_image) expected of them.",
            HelpName = "FILE",
        };
        var adapter = new Option<string?>("--adapter") { Description = "A PEFT folder, or a patch in the store: the model is checked with it.", HelpName = "PATCH" };
        var dtype = FolderOptions.Dtype();
        var tolerance = new Option<double>("--tolerance") { Description = "The largest difference that passes, relative to the largest expected value. Default: 1e-4.", HelpName = "X", DefaultValueFactory = _ => Tolerance };
        var withoutHead = new Option<bool>("--without-head") { Description = "An encoder without a classification head passes, too, as with 'ptune models import --without-head'." };
        var licence = new Option<string?>("--licence") { Description = "The licence where the folder's README.md does not say it.", HelpName = "NAME" };
        var command = new Command("check", "Says what a model is, refuses what cannot be computed rightly, and compares its outputs with expected ones (exit code 1 where they differ).")
        {
            folder, expect, adapter, dtype, tolerance, withoutHead, licence,
        };
        command.Validators.Add(result =>
        {
            GlobalOptions.RefuseYaml(result);
        });
        command.SetAction((parsed, _) =>
        {
            var (wanted, patch) = (parsed.GetRequiredValue(folder), parsed.GetValue(adapter));
            Task<int> RunAsync(string model, string? peft, bool isOwnBase) => ExecutorChild.RunAsync(session, ModelsCheckRequest.Name, new ModelsCheckRequest
            {
                Folder = model,
                Expect = FolderOptions.ExistingFile(parsed.GetValue(expect)),
                Adapter = peft,
                IsOwnBase = isOwnBase,
                WithoutHead = parsed.GetValue(withoutHead),
                Dtype = parsed.GetRequiredValue(dtype),
                Tolerance = parsed.GetValue(tolerance),
                Licence = parsed.GetValue(licence),
                Json = parsed.GetValue(GlobalOptions.Output) == OutputFormat.Json,
            });
            if (wanted.StartsWith(Hub, StringComparison.Ordinal)) return RunAsync(wanted, patch is null ? null : ModelFolder.Find(patch, "the adapter's files"), isOwnBase: false);
            if (ModelFolder.AreInStore(wanted, patch)) return StoredModels.WholeAsync(session, parsed, wanted, patch, parent: null, (model, peft) => RunAsync(model, peft, isOwnBase: true));
            return RunAsync(ModelFolder.Find(wanted), patch is null ? null : ModelFolder.Find(patch, "the adapter's files"), isOwnBase: false);
        });
        return command.WithExamples("ptune models check ./smollm2", "ptune models check ./smollm2 --expect reference.safetensors --dtype bfloat16", "ptune models check hf:HuggingFaceTB/SmolLM2-135M-Instruct@12fd25f");
    }
}
