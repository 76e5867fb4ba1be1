using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune artifacts</c>: the artifacts in the store, the details of one, and its files.</summary>
internal static class ArtifactsCommand
{
    public static Command Create(Session session)
    {
        var reference = Reference();
        reference.Arity = ArgumentArity.ZeroOrOne;
        var limit = CommonArguments.Limit();
        var after = CommonArguments.After("The digest of an artifact: list those that are older.");
        var command = new Command("artifacts", "Lists the artifacts in the store, the newest first, or shows one of them.") { reference, limit, after, Get(session), Remove(session) };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var format = parsed.GetValue(GlobalOptions.Output);
            if (parsed.GetValue(reference) is { } wanted)
            {
                var artifact = await server.UseAsync(client => client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, wanted), interruption.Token));
                session.Terminal.Write(format, artifact, console => Print(console, artifact));
                return ExitCode.Done;
            }
            var count = parsed.GetValue(limit);
            var (rows, total) = await server.UseAsync(client => client.GetPageAsync<ArtifactRow>(ServerClient.Query(Routes.Artifacts, ("limit", $"{count}"), ("after", parsed.GetValue(after))), interruption.Token));
            var (digests, jobs) = (session.Terminal.Ids(format, rows.Select(r => r.Digest)), session.Terminal.Ids(format, rows.Select(r => r.JobId)));
            session.Terminal.Write(format, rows, console => TextTable.Write(
                console,
                ["=DIGEST", "KIND", "=MADE BY", ">SIZE", "CREATED"],
                rows.Select(r => new[] { digests.Of(r.Digest), Words.Lower(r.Kind), jobs.Of(r.JobId), Words.Bytes(r.Bytes), Words.Ago(r.Created, session.Clock.GetUtcNow()) })));
            if (rows.Length > 0) session.Terminal.NotePage(rows.Length, count, total, rows[^1].Digest);
            return ExitCode.Done;
        });
        return command.WithExamples("ptune artifacts", "ptune artifacts vit@v2", "ptune artifacts get vit@v2 --to ./vit-v2", "ptune artifacts rm 1f0a9c04");
    }

    private static Command Get(Session session)
    {
        var reference = Reference();
        var to = new Option<string>("--to") { Description = "The folder to write the files to; it is created if missing.", HelpName = "FOLDER", Required = true };
        var command = new Command("get", "Downloads the files of an artifact and verifies their digests. A language model is a folder that transformers loads, a LoRA patch one that PEFT loads.") { reference, to };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var (wanted, folder) = (parsed.GetRequiredValue(reference), parsed.GetRequiredValue(to));
            var written = await server.UseAsync(async client =>
            {
                IReadOnlyList<string> paths = [];
                await TransferDisplay.ShowAsync(session.Terminal, async progress => paths = await new ArtifactDownload(client, folder, progress).RunAsync(wanted, interruption.Token));
                return paths;
            });
            foreach (var path in written) session.Terminal.Result(path);
            foreach (var line in DownloadedFolder.Describe(folder)) session.Terminal.Note(line);
            return ExitCode.Done;
        });
        return command.WithExamples("ptune artifacts get vit@v2 --to ./vit-v2");
    }

    private static Command Remove(Session session)
    {
        var reference = Reference();
        var names = new Option<bool>("--names") { Description = "Remove the names that stand for it, too." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask. Only a user at a terminal is asked." };
        var command = new Command(
            "rm", "Removes an artifact that nothing uses. A name, a job, study or sweep that has not ended, or a patch of it is a use. The job that made it computes it again when it is submitted again.")
        {
            reference, names, yes,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption);
            var artifact = await server.UseAsync(client => client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, parsed.GetRequiredValue(reference)), interruption.Token));
            var named = artifact.Aliases.Length > 0 ? $", {string.Join(", ", artifact.Aliases)}" : "";
            var question = $"Remove the {Words.Lower(artifact.Manifest.Kind)} {artifact.Digest} ({Words.Bytes(artifact.Bytes)}{named})?";
            if (!parsed.GetValue(yes) && session.Terminal.Asks && !await session.Terminal.ConfirmAsync(question, interruption.Token, isYes: false))
            {
                session.Terminal.Note("Nothing was removed.");
                return ExitCode.Interrupted;
            }
            // By the digest that was shown: a name may have been moved while the user thought about it.
            var removed = await server.Client.DeleteAsync<RemovedArtifact>(ServerClient.Fill(Routes.Artifact, artifact.Digest, ("names", parsed.GetValue(names) ? "true" : null)), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), removed, _ => session.Terminal.Result(
                $"removed {removed.Digest}{(removed.Names.Length > 0 ? $" and the name{(removed.Names.Length > 1 ? "s" : "")} {string.Join(", ", removed.Names)}" : "")}, freed {Words.Bytes(removed.Freed)}"));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune artifacts rm 1f0a9c04", "ptune artifacts rm legal@v1 --names -y");
    }

    private static Argument<string> Reference() => new("REF") { Description = "An artifact: name@version, its digest, or a unique prefix of the digest.", HelpName = "REF" };

    private static void Print(IAnsiConsole console, ArtifactView artifact)
    {
        var manifest = artifact.Manifest;
        TextTable.Pairs(console,
        [
            ("digest", artifact.Digest), ("kind", Words.Lower(manifest.Kind)), ("names", artifact.Aliases.Length > 0 ? string.Join(", ", artifact.Aliases) : null),
            ("made by", manifest.JobId), ("output space", manifest.OutputSpace), ("labels", manifest.Labels is { } labels ? string.Join(", ", labels) : null),
            ("owner", artifact.Owner), ("shared with", artifact.SharedWith.Length > 0 ? string.Join(", ", artifact.SharedWith) : null),
            ("data", manifest.Data), ("size", Words.Bytes(artifact.Bytes)),
            .. manifest.Inputs.Select(i => ($"input {i.Key}", (string?)i.Value)),
            .. manifest.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, (string?)Words.Metric(m.Key, m.Value))),
            .. manifest.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, (string?)a.Value)),
        ]);
        console.Line();
        TextTable.Write(console, ["FILE", ">SIZE", "=DIGEST"], manifest.Files.Select(f => new[] { f.Path, Words.Bytes(f.Bytes), f.Digest }));
    }
}
