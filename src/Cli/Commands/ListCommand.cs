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
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "Lists jobs, studies and sweeps, the newest first.") { kind, status, name, pool, limit };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var (wantedKind, count) = (parsed.GetValue(kind), parsed.GetValue(limit));
            (string, string?)[] query =
            [
                ("kind", wantedKind is Study or Sweep ? null : wantedKind), ("status", parsed.GetValue(status)), ("name", parsed.GetValue(name)), ("pool", parsed.GetValue(pool)), ("limit", $"{count}"),
            ];
            var jobs = wantedKind is Study or Sweep ? [] : await client.GetAsync<JobRow[]>(ServerClient.Query(Routes.Jobs, query), interruption.Token);
            var studies = wantedKind is null or Study ? await client.GetAsync<JobRow[]>(ServerClient.Query(Routes.Studies, query), interruption.Token) : [];
            var sweeps = wantedKind is null or Sweep ? await client.GetAsync<JobRow[]>(ServerClient.Query(Routes.Sweeps, query), interruption.Token) : [];
            JobRow[] rows = [.. studies.Concat(sweeps).Concat(jobs).DistinctBy(r => r.JobId).OrderByDescending(r => r.Created).ThenBy(r => r.JobId, StringComparer.Ordinal).Take(count)];
            var format = parsed.GetValue(GlobalOptions.Output);
            var waits = format.IsTable() && rows.Any(r => r.Status == JobStatus.Queued && r.Kind is not (Study or Sweep)) ? await WaitsAsync(client, rows.Length, interruption.Token) : [];
            session.Terminal.Write(format, rows, console => Print(console, rows, waits, session.Clock.GetUtcNow()));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune list", "ptune list --kind RewardTuning --status running", "ptune list -o json | jq -r '.[].jobId'");
    }

    private static async Task<Dictionary<string, WaitView>> WaitsAsync(ServerClient client, int count, CancellationToken cancellation) =>
        (await client.FindAsync<WaitView[]>(ServerClient.Query(Routes.Waits, ("limit", $"{count}")), cancellation) ?? []).ToDictionary(w => w.JobId);

    /// <summary>The last column only where something waits.</summary>
    private static void Print(IAnsiConsole console, JobRow[] rows, Dictionary<string, WaitView> waits, DateTimeOffset now)
    {
        string[] heads = ["ID", "KIND", "STATUS", "NAME", "POOL", "CREATED"];
        TextTable.Write(console, waits.Count == 0 ? heads : [.. heads, "WAITS"], rows.Select(r =>
        {
            string[] cells = [r.JobId, r.Kind, Words.Lower(r.Status), r.Name, r.Pool, Words.Ago(r.Created, now)];
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
            result.AddError($"'{text}' is no value of {option}. {(near is null ? $"One of: {string.Join(", ", words)}." : $"Did you mean '{near}'?")}");
            return null;
        },
    };
}
