using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune store</c>: how much is in the store, its cleaning, and files that are sent there.</summary>
internal static class StoreCommand
{
    public static Command Create(Session session) => new Command("store", "Shows how much the store holds, removes what is not needed, and sends files there.")
    {
        Usage(session), Clean(session), Put(session),
    }.WithExamples("ptune store du", "ptune store gc --dry-run", "ptune store put train.jsonl");

    private static Command Usage(Session session)
    {
        var limit = new Option<int>("--limit", "-n") { Description = "How many of the largest things are named. Default: 10.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var command = new Command("du", "Shows how much the store holds, by kind, and the largest things in it.") { limit };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var usage = await server.UseAsync(client => client.GetAsync<StoreUsageView>(ServerClient.Query(Routes.Store, ("limit", $"{parsed.GetValue(limit)}")), interruption.Token));
            var format = parsed.GetValue(GlobalOptions.Output);
            session.Terminal.Write(format, usage, console => Print(session, format, console, usage));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune store du", "ptune store du -n 50 -o json");
    }

    private static Command Clean(Session session)
    {
        var dry = new Option<bool>("--dry-run") { Description = "Only show what would be removed." };
        var checkpoints = new Option<bool>("--checkpoints") { Description = "Also remove the checkpoints of failed and cancelled jobs; submitted again, those start from the beginning." };
        var command = new Command(
            "gc",
            "Removes what nothing can reach: uploads that no job needs, parts of unfinished uploads, checkpoints of jobs that have succeeded, and content that belongs to no artifact. What is younger than a day (the server's Storage:Grace) stays. It is safe while jobs run.")
        {
            dry, checkpoints,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var path = ServerClient.Query(Routes.StoreCollection, ("dryRun", parsed.GetValue(dry) ? "true" : null), ("checkpoints", parsed.GetValue(checkpoints) ? "true" : null));
            var view = await server.UseAsync(client => client.PostAsync<CollectionView>(path, interruption.Token));
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), view, console =>
            {
                if (view.Removed.Length > 0) TextTable.Write(console, ["KIND", ">FILES", ">SIZE"], view.Removed.Select(Row));
                session.Terminal.Result($"{(view.IsDryRun ? "would free" : "freed")} {Words.Bytes(view.Bytes)}");
            });
            foreach (var problem in view.Problems) session.Terminal.Problem(problem, null);
            return ExitCode.Done;
        });
        return command.WithExamples("ptune store gc --dry-run", "ptune store gc");
    }

    private static Command Put(Session session)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files on this machine.", HelpName = "FILE...", Arity = ArgumentArity.OneOrMore };
        var command = new Command("put", "Sends files to the store and prints the SHA-256 of each. What is there is not sent again; an interrupted transfer continues.") { files };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption, brings: true);
            var sent = new List<SentFile>();
            await TransferDisplay.ShowAsync(session.Terminal, async progress =>
            {
                var upload = new FileUpload(server.Client, session.Clock, progress);
                foreach (var file in parsed.GetRequiredValue(files)) sent.Add(new SentFile(file, await upload.RunAsync(file, interruption.Token)));
            });
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), sent, _ =>
            {
                // As sha256sum writes it.
                foreach (var (path, sha256) in sent) session.Terminal.Result($"{sha256}  {path}");
            });
            return ExitCode.Done;
        });
        return command.WithExamples("ptune store put train.jsonl", "ptune store put model-*.safetensors");
    }

    private static void Print(Session session, OutputFormat format, IAnsiConsole console, StoreUsageView usage)
    {
        TextTable.Write(console, ["KIND", ">COUNT", ">SIZE"], usage.Kinds.Select(Row).Append(["store in all", "", Words.Bytes(usage.Bytes)]));
        if (usage.Largest.Length == 0) return;
        var ids = session.Terminal.Ids(format, usage.Largest.Select(item => item.Id));
        console.Line();
        TextTable.Write(
            console,
            ["LARGEST", "=ID", "NAMES", "TENANT", ">SIZE"],
            usage.Largest.Select(item => new[] { item.Kind, ids.Of(item.Id), item.Names.Length > 0 ? string.Join(", ", item.Names) : "-", item.Tenant, Words.Bytes(item.Bytes) }));
    }

    private static string[] Row(StoreUsageRow row) => [row.Kind, Words.Number(row.Count, "#,0"), Words.Bytes(row.Bytes)];

    /// <summary>A file that the store has.</summary>
    private sealed record SentFile(string Path, string Sha256);
}
