using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune audit</c>: who changed what, and whether the record of it is whole.</summary>
internal static class AuditCommand
{
    public static Command Create(Session session) => new Command("audit", "Shows the audit trail: who changed what, from where and when. Verifies and exports it.")
    {
        List(session), Verify(session), Export(session),
    }.WithExamples("ptune audit list --since 1d --who alice --what cancel", "ptune audit verify", "ptune audit export > audit.jsonl");

    private static Command List(Session session)
    {
        var since = Text("--since", "TIME", "Only rows written since then: a time such as 2026-11-30T12:00:00Z, or a length of time before now such as 1d or 12h.");
        var until = Text("--until", "TIME", "Only rows written until then, as --since.");
        var who = Text("--who", "NAME", "Only what this caller asked for.");
        var what = Text("--what", "ACTION", "Only these actions: a whole one such as job.cancel, its noun or its verb.");
        var chain = Chain();
        var limit = CommonArguments.Limit();
        var after = CommonArguments.After("Where the page before has ended, as it said.");
        var command = new Command("list", "Lists the rows, the newest first.") { since, until, who, what, chain, limit, after };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var (wanted, rows, next) = (parsed.GetValue(limit), new List<AuditRow>(), parsed.GetValue(after));
            do
            {
                // A page may be short, or empty, where few rows pass the filters.
                var page = await client.GetPageAsync<AuditRow>(ServerClient.Query(
                    Routes.Audit, ("since", parsed.GetValue(since)), ("until", parsed.GetValue(until)), ("who", parsed.GetValue(who)), ("what", parsed.GetValue(what)),
                    ("chain", parsed.GetValue(chain)), ("limit", $"{wanted - rows.Count}"), ("after", next)), interruption.Token);
                rows.AddRange(page.Rows);
                next = page.Next;
            }
            while (next is not null && rows.Count < wanted);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), rows, console => TextTable.Write(
                console,
                ["WRITTEN", "CHAIN", "WHO", "FROM", "WHAT", "TARGET", "BEFORE", "AFTER", "OUTCOME", ">COUNT"],
                rows.Select(r => new[]
                {
                    $"{r.Written.ToLocalTime():yyyy-MM-dd HH:mm:ss}", r.Chain, r.Who, r.From ?? "-", r.What, r.Target, r.Before ?? "-", r.After ?? "-", Words.Lower(r.Outcome), $"{r.Count}",
                })));
            if (next is not null) session.Terminal.Note($"There are more rows. For the next ones, add --after {next}");
            return ExitCode.Done;
        });
        return command.WithExamples("ptune audit list --since 1d --who alice --what cancel", "ptune audit list --chain system -o json");
    }

    private static Command Verify(Session session)
    {
        var chain = Chain();
        var command = new Command("verify", "Reads the audit trail from end to end and names the first row that is missing, changed or out of place.") { chain };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var found = await client.GetAsync<AuditVerification[]>(ServerClient.Query(Routes.AuditVerify, ("chain", parsed.GetValue(chain))), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), found, console => TextTable.Write(
                console,
                ["CHAIN", ">FROM", ">ROWS", ">HEAD", "STATE"],
                found.Select(v => new[] { v.Chain, $"{v.Start}", $"{v.Rows}", $"{v.Head}", v.Problem ?? "whole" })));
            var broken = found.Where(v => !v.IsWhole).ToArray();
            foreach (var v in broken) session.Terminal.Problem($"the audit trail of {v.Chain} is broken at row {v.BrokenAt}: {v.Problem}.", null);
            return broken.Length == 0 ? ExitCode.Done : ExitCode.AuditBroken;
        });
        return command.WithExamples("ptune audit verify", "ptune audit verify --chain system -o json");
    }

    private static Command Export(Session session)
    {
        var chain = Chain();
        var command = new Command("export", "Writes the audit trail to stdout as JSON Lines, the oldest rows first, each with the SHA-256 of its row's text.") { chain };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            using var lines = new StreamReader(await client.OpenAsync(ServerClient.Query(Routes.AuditExport, ("chain", parsed.GetValue(chain))), interruption.Token));
            // As they are: the digest is that of the very text.
            while (await lines.ReadLineAsync(interruption.Token) is { } line) Console.Out.WriteLine(line);
            return ExitCode.Done;
        });
        return command.WithExamples("ptune audit export > audit.jsonl", "ptune audit export --chain red | jq -r .row.what");
    }

    private static Option<string?> Chain() => Text("--chain", "NAME", "Only this chain: a tenant, or system for what belongs to no tenant. Default: all that you may see.");

    private static Option<string?> Text(string name, string help, string description) => new(name) { Description = description, HelpName = help };
}
