using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Imports;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune submit</c>: submits a spec to the running server and returns.</summary>
internal static class SubmitCommand
{
    public static Command Create(Session session)
    {
        var spec = CommonArguments.Spec();
        var fresh = CommonArguments.Fresh();
        var key = CommonArguments.Key();
        var (publish, move) = (CommonArguments.Publish(), CommonArguments.Move());
        var upload = CommonArguments.Upload();
        var command = new Command("submit", "Submits a spec to the running server and returns at once with its id.") { spec, fresh, key, publish, move, upload };
        command.SetAction(async (parsed, _) =>
        {
            if (SpecFile.Read(parsed.GetRequiredValue(spec), session.Terminal) is not { } read) return ExitCode.Usage;
            var choice = new PublishChoice(parsed.GetValue(publish), parsed.GetValue(move));
            var file = choice.Apply(read);
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            if (await new DataUpload(session, client, parsed.GetValue(upload)).ApplyAsync(file, interruption.Token) is not { } data) return ExitCode.Usage;
            var sent = await new StudyCheckpoints(session, client).ApplyAsync(data, interruption.Token);
            try
            {
                var submitted = await new Submitter(client).SubmitAsync(sent, parsed.GetValue(fresh), CommonArguments.Key(parsed, key), interruption.Token, choice.Move);
                Print(session.Terminal, parsed.GetValue(GlobalOptions.Output), submitted, parsed.GetValue(GlobalOptions.Server));
                return ExitCode.Done;
            }
            catch (SpecRefusedException e)
            {
                file.Print(e.Problems, session.Terminal);
                return ExitCode.Usage;
            }
        });
        return command.WithExamples("ptune submit examples/fashion-transfer.yaml", "ptune submit study.yaml -o json", "ptune submit job.yaml --publish legal@v2", "ptune submit job.yaml --fresh --key nightly-2026-11-25");
    }

    private static void Print(Terminal terminal, OutputFormat format, Submitted submitted, string? server)
    {
        terminal.Write(format, submitted.View, _ => terminal.Result(submitted.Id));
        var option = server is null ? "" : $" --server {server}";
        terminal.Note($"{submitted.Kind} {submitted.Name} is {Words.Lower(submitted.Status)}. Next:");
        string[] commands = submitted.Graph is null ? ["watch {0}", "get {0}", "logs {0} --follow", "cancel {0}"] : ["watch {0}", "get {0}", "cancel {0}"];
        foreach (var command in commands) terminal.Note($"  ptune {command.Replace("{0}", submitted.Id, StringComparison.Ordinal)}{option}");
    }
}
