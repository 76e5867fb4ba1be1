using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune list</c>: jobs, studies and sweeps, newest first.</summary>
internal static class ListCommand
{
    private const string Study = "TransferStudy";
    private const string Sweep = "Sweep";

    public static Command Create(Session session)
    {
        var kind = Word("--kind", "Only this kind: " + string.Join(", ", SpecKinds.All) + ".", SpecKinds.All);
        var status = Word("--status", "Only this status: " + string.Join(", ", Enum.GetValues<JobStatus>().Select(Words.Lower)) + ".", [.. Enum.GetValues<JobStatus>().Select(Words.Lower)]);
        var name = new Option<string?>("--name") { Description = "Only those with this name.", HelpName = "NAME" };
        var pool = new Option<string?>("--pool") { Description = "Only those of this pool.", HelpName = "POOL" };
        var limit = CommonArguments.Limit();
        var after = CommonArguments.After("The id of a job, study or sweep: list those that are older.");
        var command = new Command("list", "Lists jobs, studies and sweeps, the newest first.") { kind, status, name, pool, limit, after };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var (wantedKind, wantedPool, count) = (parsed.GetValue(kind), parsed.GetValue(pool), parsed.GetValue(limit));
            if (wantedPool is not null && wantedKind is Study or Sweep) throw new CliException(ExitCode.Usage, $"A {wantedKind} has no pool; its jobs do.", "Leave out --pool or --kind.");
            (string, string?)[] query = [("status", parsed.GetValue(status)), ("name", parsed.GetValue(name)), ("limit", $"{count}"), ("after", parsed.GetValue(after))];
            (string, string?)[] ofJobs = [.. query, ("kind", wantedKind), ("pool", wantedPool)];
            ServerPage<JobRow>[] pages =
            [
                wantedPool is null && wantedKind is null or Study ? await client.GetPageAsync<JobRow>(ServerClient.Query(Routes.Studies, query), interruption.Token) : ServerPage<JobRow>.Empty,
                wantedPool is null && wantedKind is null or Sweep ? await client.GetPageAsync<JobRow>(ServerClient.Query(Routes.Sweeps, query), interruption.Token) : ServerPage<JobRow>.Empty,
                wantedKind is Study or Sweep ? ServerPage<JobRow>.Empty : await client.GetPageAsync<JobRow>(ServerClient.Query(Routes.Jobs, ofJobs), interruption.Token),
            ];
            JobRow[] rows = [.. pages.SelectMany(p => p.Rows).DistinctBy(r => r.JobId).OrderByDescending(r => r.Created).ThenBy(r => r.JobId, StringComparer.Ordinal).Take(count)];
            var format = parsed.GetValue(GlobalOptions.Output);
            var waits = format.IsTable() && rows.Any(r => r.Status == JobStatus.Queued && r.Kind is not (Study or Sweep)) ? await WaitsAsync(client, rows.Length, interruption.Token) : [];
            var ids = session.Terminal.Ids(format, rows.Select(r => r.JobId));
            session.Terminal.Write(format, rows, console => Print(console, rows, waits, ids, session.Clock.GetUtcNow()));
            if (rows.Length > 0) session.Terminal.NotePage(rows.Length, count, pages.Any(p => p.Total is null) ? null : pages.Sum(p => p.Total), rows[^1].JobId);
            return ExitCode.Done;
        });
        return command.WithExamples("ptune list", "ptune list --kind RewardTuning --status running", "ptune list -o wide -n 1000", "ptune list -o json | jq -r '.[].jobId'");
    }

    private static async Task<Dictionary<string, WaitView>> WaitsAsync(ServerClient client, int count, CancellationToken cancellation) =>
        (await client.GetAsync<WaitView[]>(ServerClient.Query(Routes.Waits, ("limit", $"{count}")), cancellation)).ToDictionary(w => w.JobId);

    /// <summary>The last column only where something waits.</summary>
    private static void Print(IAnsiConsole console, JobRow[] rows, Dictionary<string, WaitView> waits, ShortIds ids, DateTimeOffset now)
    {
        string[] heads = ["=ID", "KIND", "STATUS", "NAME", "POOL", "CREATED"];
        TextTable.Write(console, waits.Count == 0 ? heads : [.. heads, "WAITS"], rows.Select(r =>
        {
            string[] cells = [ids.Of(r.JobId), r.Kind, Words.Lower(r.Status), r.Name, r.Pool, Words.Ago(r.Created, now)];
            return waits.Count == 0 ? cells : [.. cells, waits.TryGetValue(r.JobId, out var wait) ? WaitWords.Short(wait, now) : ""];
        }));
    }

    /// <summary>An option that takes one of a few words, in any case.</summary>
    private static Option<string?> Word(string option, string description, IReadOnlyCollection<string> words) => new(option)
    {
        Description = description,
        HelpName = option.TrimStart('-').ToUpperInvariant(),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word) return word;
            var near = Nearest.Of(text, words);
            result.AddError($"'{text}' is not a value of {option}. {(near is null ? $"One of: {string.Join(", ", words)}." : $"Did you mean '{near}'?")}");
            return null;
        },
    };
}
