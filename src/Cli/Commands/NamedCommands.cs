using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune models</c>, <c>patches</c> and <c>rewards</c>: the named artifacts of a kind.</summary>
internal static class NamedCommands
{
    public static Command Models(Session session)
    {
        var command = Create(session, Routes.Models, "models", "Lists the named models in the store.", ["FAMILY", ">PARAMETERS", "DTYPE", ">VOCABULARY", "OUTPUT SPACE", ">LABELS"], model =>
        [
            model.Family ?? model.Architecture ?? "-", Number(model.Parameters), model.Dtype ?? "-", Number(model.Vocabulary),
            model.OutputSpace is { } space ? Digest.Abbreviate(space) : "-", model.Labels > 0 ? $"{model.Labels}" : "-",
        ]);
        command.Add(ModelsCheckCommand.Create(session));
        command.Add(ImportCommands.Model(session));
        return command.WithExamples("ptune models", "ptune models -o yaml", "ptune models check ./smollm2", "ptune models import smol@v1 --from ./smollm2");
    }

    public static Command Patches(Session session)
    {
        var command = Create(
            session, Routes.Patches, "patches", "Lists the named patches in the store: what tuning has added to a model.", ["FAMILY", ">PARAMETERS", "=BASE"],
            patch => [patch.Family ?? "-", Number(patch.Parameters), patch.Base is { } model ? Digest.Abbreviate(model) : "-"]);
        command.Add(ImportCommands.Patch(session));
        return command.WithExamples("ptune patches", "ptune patches -o json", "ptune patches import legal@v1 --from ./legal-lora --base smol@v1");
    }

    public static Command Rewards(Session session) => Create(
        session, Routes.Rewards, "rewards", "Lists the named rewards in the store.", ["FAMILY", ">PARAMETERS", "OUTPUT SPACE"],
        reward => [reward.Family ?? reward.Architecture ?? "-", Number(reward.Parameters), reward.OutputSpace is { } space ? Digest.Abbreviate(space) : "-"]).WithExamples("ptune rewards", "ptune rewards -o json");

    private static Command Create(Session session, string route, string name, string description, string[] heads, Func<ModelView, string[]> cells)
    {
        var limit = CommonArguments.Limit();
        var after = CommonArguments.After("A name: list those that follow it.");
        var command = new Command(name, description) { limit, after };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var count = parsed.GetValue(limit);
            var (rows, total) = await server.UseAsync(client => client.GetPageAsync<ModelView>(ServerClient.Query(route, ("limit", $"{count}"), ("after", parsed.GetValue(after))), interruption.Token));
            var format = parsed.GetValue(GlobalOptions.Output);
            var digests = session.Terminal.Ids(format, rows.Select(row => row.Digest));
            string[] owner = rows.Any(row => row.Owner is not null) ? ["OWNER"] : [];
            session.Terminal.Write(format, rows, console => TextTable.Write(
                console,
                ["NAME", "=DIGEST", .. heads, ">SIZE", "PUBLISHED", .. owner],
                rows.Select(row => (string[])[row.Alias, digests.Of(row.Digest), .. cells(row), Words.Bytes(row.Bytes), Words.Ago(row.Published, session.Clock.GetUtcNow()), .. owner.Select(_ => row.Owner ?? "-")])));
            if (rows.Any(row => row.Alias.Contains('/'))) session.Terminal.Note("OWNER/NAME is another tenant's name, which only tells: use the digest, or give it a name of your own with 'ptune tag DIGEST NAME@VERSION'.");
            if (rows.Length > 0) session.Terminal.NotePage(rows.Length, count, total, rows[^1].Alias);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Number(long? value) => value is { } number ? Words.Number(number, "#,0") : "-";
}
