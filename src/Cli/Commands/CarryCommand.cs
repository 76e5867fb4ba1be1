using System.CommandLine;
using Ptune.Cli.Carrying;
using Ptune.Cli.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Servers;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune carry</c>: whether a patch or reward is worth using on another model.</summary>
internal static class CarryCommand
{
    private const int LongestExample = 1_000_000;

    public static Command Create(Session session)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "A patch or a reward in the store: name@version, its digest, or a unique prefix of the digest.", HelpName = "ARTIFACT" };
        var to = new Option<string>("--to") { Description = "The model that it is carried to.", HelpName = "MODEL", Required = true };
        var data = new Option<string>("--data") { Description = "The probe: a file on this machine with examples of the task, which are sent to the store: .jsonl, .txt with a text on each line (both also .gz), or .parquet with --format. At least 30, and none that the artifact was tuned on.", HelpName = "FILE", Required = true };
        var general = new Option<string?>("--general") { Description = "Texts of other kinds, in a file as the probe's: what the model forgets is measured on them. Default: not measured.", HelpName = "FILE" };
        var source = new Option<string?>("--source") { Description = "The model that the artifact was tuned on. Default: the one that it names itself.", HelpName = "MODEL" };
        var weight = new Option<double>("--weight") { Description = "What a reward is multiplied by. Default: 1.", HelpName = "X", DefaultValueFactory = _ => 1 };
        var kind = new Option<string?>("--format") { Description = "What the probe's records are, and those of a .parquet file under --general: text, promptResponse, messages, textLabel or multipleChoice. Default: as the first record suggests.", HelpName = "FORMAT" };
        kind.AcceptOnlyFromAmong([.. TextFormats.All.Where(format => TextFormats.ShapeOf(format) != TextFormat.Preference).Select(TextFormats.WordOf)]);
        var tokens = new Option<int>("--max-tokens") { Description = "Tokens of an example, and of a window over a longer text; at most what all the models read. Default: 512.", HelpName = "N", DefaultValueFactory = _ => CarryOrder.UsualTokens };
        var licence = new Option<string[]>("--licence") { Description = "Refuse source and target unless their licence is NAME. May be repeated. Default: any licence; a difference is a warning.", HelpName = "NAME" };
        var save = CommonArguments.Publish();
        var (move, yes, fresh, dtype) = (CommonArguments.Move(), CommonArguments.Yes(), CommonArguments.Fresh(), FolderOptions.Dtype());
        var named = new Option<string?>("--save") { Description = "With the verdict to carry, publish the carried artifact: a patch becomes an artifact of the new model, a reward gets this further name.", HelpName = "NAME@VERSION" };
        named.Validators.AddRange(save.Validators);
        var anyway = new Option<bool>("--anyway") { Description = "Save whatever the verdict is." };
        var command = new Command("carry", "Tries a patch or a reward of one model on another, and says whether to carry it (exit code 0), to retrain (10) or to leave it (11).")
        {
            artifact, to, data, general, source, weight, kind, tokens, dtype, licence, named, move, anyway, fresh, yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(weight)?.Tokens is [_] && !double.IsFinite(result.ValueOr(weight, 1))) result.AddError("--weight is not a number.");
            if (result.GetResult(weight)?.Tokens is [_] && result.ValueOr(weight, 1) == 0) result.AddError("With --weight 0 nothing is carried.");
            if (result.GetResult(tokens)?.Tokens is [_] && result.ValueOr(tokens, 2) is < 2 or > LongestExample) result.AddError($"--max-tokens must be between 2 and {LongestExample:N0}.");
            if (result.GetResult(named) is null && (result.ValueOr(move, false) || result.ValueOr(anyway, false))) result.AddError("--move and --anyway go with --save.");
        });
        command.SetAction(async (parsed, _) =>
        {
            var order = new CarryOrder
            {
                Artifact = parsed.GetRequiredValue(artifact),
                Target = parsed.GetRequiredValue(to),
                Probe = parsed.GetRequiredValue(data),
                General = parsed.GetValue(general),
                Source = parsed.GetValue(source),
                Weight = parsed.GetValue(weight),
                Format = parsed.GetValue(kind) is { } word ? TextFormats.Named(word) : null,
                MaxTokens = parsed.GetValue(tokens),
                Dtype = parsed.GetRequiredValue(dtype) == "bfloat16" ? ComputeType.Bfloat16 : ComputeType.Float32,
                Licences = parsed.GetValue(licence) ?? [],
                Save = parsed.GetValue(named),
                Move = parsed.GetValue(move),
                Anyway = parsed.GetValue(anyway),
                IsFresh = parsed.GetValue(fresh),
            };
            var probe = ProbeFile.Read(order.Probe, order.Format);
            var texts = order.General is { } file ? ProbeFile.Read(file, TextFileEnding.Of(file).Kind == TextFileKind.Parquet ? order.Format : null) : null;
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeAsync(session, parsed, interruption, order.Artifact);
            return await new Carrier(session, server, interruption, order).ToEndAsync(probe, texts, parsed.GetValue(GlobalOptions.Output), parsed.GetValue(yes));
        });
        return command.WithExamples(
            "ptune carry legal@v1 --to smol@v2 --data probe.jsonl",
            "ptune carry legal@v1 --to smol@v2 --data probe.jsonl --general web.jsonl --save legal-for-smol@v2",
            "ptune carry tone@v3 --to smol@v2 --data probe.jsonl --weight 0.8 -o json");
    }
}
