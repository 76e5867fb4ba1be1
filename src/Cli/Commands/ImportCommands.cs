using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Imports;
using Ptune.Cli.Servers;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune models import</c> and <c>ptune patches import</c>: a folder, or a repository of the hub, becomes an artifact with a name.</summary>
internal static class ImportCommands
{
    public static Command Model(Session session)
    {
        var (name, move, fresh) = (Name(), CommonArguments.Move(), Fresh());
        var from = From("The model's folder in the layout of Hugging Face, or hf:OWNER/NAME[@REVISION], which a worker fetches from the hub.", "FOLDER|hf:OWNER/NAME[@REVISION]");
        var reference = new Option<bool>("--reference") { Description = "The weights stay where they lie, in a folder that every worker sees under the same path; they are refused when they change." };
        var withoutHead = new Option<bool>("--without-head") { Description = "An encoder without a classification head is taken, too: fine-tuning on labels gives it one." };
        var parameters = new Option<long?>("--parameters") { Description = "How many numbers the model has, such as 135000000: the import's memory, disk space and time are estimated by it. It goes with hf:; of a folder they are counted.", HelpName = "N" };
        var licence = new Option<string?>("--licence") { Description = "The licence, where the folder's README.md does not say it.", HelpName = "NAME" };
        var command = new Command("import", "Imports a model: its files are checked, sent to the store (what is there is not sent again) and published under a name. Pickles and code are left out.")
        {
            name, from, reference, withoutHead, parameters, licence, move, fresh,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(from)?.Tokens is [var word] && word.Value.StartsWith("hf:", StringComparison.Ordinal) && result.GetResult(reference) is { Implicit: false })
                result.AddError("--reference goes with a folder: a repository of the hub has no folder that the workers see.");
            if (result.ValueOr(parameters, null) is not { } count) return;
            if (count < 1) result.AddError($"--parameters is {count:N0}; it must be at least 1.");
            else if (result.GetResult(from)?.Tokens is [var place] && !HubSource.IsHub(place.Value)) result.AddError("--parameters goes with hf:OWNER/NAME; of a folder they are counted.");
        });
        command.SetAction((parsed, _) =>
        {
            var order = new ImportOrder
            {
                Name = parsed.GetRequiredValue(name),
                From = parsed.GetRequiredValue(from),
                IsReference = parsed.GetValue(reference),
                WithoutHead = parsed.GetValue(withoutHead),
                Parameters = parsed.GetValue(parameters),
                Licence = parsed.GetValue(licence),
                Move = parsed.GetValue(move),
                IsFresh = parsed.GetValue(fresh),
            };
            return RunAsync(session, parsed, order, order.IsFromHub ? [] : ModelFiles.In(order.From));
        });
        return command.WithExamples(
            "ptune models import smol@v1 --from ./smollm2",
            "ptune models import smol@v1 --from hf:HuggingFaceTB/SmolLM2-135M-Instruct@12fd25f",
            "ptune models import large@v1 --from /mnt/models/large --reference --licence apache-2.0");
    }

    public static Command Patch(Session session)
    {
        var (name, move, fresh) = (Name(), CommonArguments.Move(), Fresh());
        var from = From("A PEFT folder, or hf:OWNER/NAME[@REVISION], which a worker fetches from the hub.", "PEFT_FOLDER|hf:OWNER/NAME[@REVISION]");
        var of = new Option<string>("--base") { Description = "The model that it belongs to: name@version, its digest, or a unique prefix of the digest.", HelpName = "REF", Required = true };
        var command = new Command("import", "Imports a PEFT adapter as a patch of a model in the store: it is compared with the model tensor by tensor, and published under a name.") { name, from, of, move, fresh };
        command.SetAction((parsed, _) =>
        {
            var order = new ImportOrder
            {
                Name = parsed.GetRequiredValue(name),
                From = parsed.GetRequiredValue(from),
                Base = parsed.GetRequiredValue(of),
                Move = parsed.GetValue(move),
                IsFresh = parsed.GetValue(fresh),
            };
            return RunAsync(session, parsed, order, order.IsFromHub ? [] : PatchFiles.In(order.From));
        });
        return command.WithExamples("ptune patches import legal@v1 --from ./legal-lora --base smol@v1");
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, ImportOrder order, IReadOnlyList<LocalFile> files)
    {
        using var interruption = new Interruption();
        await using var server = await ServerLeases.TakeAsync(session, parsed, interruption, order.Base);
        return await new Importer(session, server, interruption, order).ToEndAsync(files, parsed.GetValue(GlobalOptions.Output));
    }

    private static Argument<string> Name()
    {
        var argument = new Argument<string>("NAME@VERSION") { Description = "The name that it gets.", HelpName = "NAME@VERSION" };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !InputRef.IsAlias(word.Value)) result.AddError(CommonArguments.WrongName(word.Value));
        });
        return argument;
    }

    private static Option<bool> Fresh() => new("--fresh") { Description = "Import again what is in the store." };

    private static Option<string> From(string description, string help)
    {
        var option = new Option<string>("--from") { Description = description, HelpName = help, Required = true };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && word.Value.StartsWith("hf:", StringComparison.Ordinal) && !IsOfHub(word.Value))
                result.AddError($"'{word.Value}' is not a repository of the hub: write hf:OWNER/NAME or hf:OWNER/NAME@REVISION.");
        });
        return option;
    }

    private static bool IsOfHub(string text)
    {
        var words = text["hf:".Length..].Split('@', 2);
        return HubNames.IsRepository(words[0]) && (words.Length == 1 || HubNames.IsRevision(words[1]));
    }
}
