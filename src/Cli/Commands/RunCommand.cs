using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Imports;
using Ptune.Cli.Report;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune run</c>: from a spec to its result.</summary>
internal static class RunCommand
{
    public static Command Create(Session session)
    {
        var spec = CommonArguments.Spec();
        var fresh = CommonArguments.Fresh();
        var key = CommonArguments.Key();
        var yes = CommonArguments.Yes();
        var (publish, move) = (CommonArguments.Publish(), CommonArguments.Move());
        var upload = CommonArguments.Upload();
        var folder = new Option<string>("--runs") { Description = "The parent folder of the results: NAME/result.json (of a sweep: sweep.json) and NAME/report.html. Default: runs.", HelpName = "FOLDER", DefaultValueFactory = _ => "runs" };
        var executors = ServerOptions.Executors();
        var threads = ServerOptions.Threads();
        var command = new Command("run", "Runs a spec to its end and prints the result. Uses the running server, or starts one for the run.") { spec, fresh, key, yes, publish, move, upload, folder, executors, threads };
        command.SetAction(async parsed =>
        {
            if (SpecFile.Read(parsed.GetRequiredValue(spec), session.Terminal) is not { } read) return ExitCode.Usage;
            var choice = new PublishChoice(parsed.GetValue(publish), parsed.GetValue(move));
            var file = choice.Apply(read);
            var target = RunFolder.Create(parsed.GetRequiredValue(folder), file, session.Terminal);
            var locator = new ServerLocator(session, parsed);
            // A server on another machine has other files and checks them itself; one that is started here would only find the same.
            if (locator.Named() is null && locator.Running() is null && DatasetCheck.Find(file) is { Count: > 0 } missing)
            {
                SpecFile.Print(file.Path, missing, session.Terminal);
                return ExitCode.Usage;
            }
            using var interruption = new Interruption();
            var settings = new SiloSettings(locator.Store, Port: 0, parsed.GetValue(executors), parsed.GetValue(threads));
            await using var server = new ServerLease(session, locator, settings, interruption);
            await server.TakeAsync();
            if (await new DataUpload(session, server.Client, parsed.GetValue(upload)).ApplyAsync(file, interruption.Token) is not { } data) return ExitCode.Usage;
            var sent = await new StudyCheckpoints(session, server.Client).ApplyAsync(data, interruption.Token);
            var run = new Run(session, server, interruption, sent, parsed.GetValue(fresh), CommonArguments.Key(parsed, key), parsed.GetValue(yes), choice.Move);
            try
            {
                return await run.ToEndAsync(target, parsed.GetValue(GlobalOptions.Output));
            }
            catch (SpecRefusedException e)
            {
                file.Print(e.Problems, session.Terminal);
                return ExitCode.Usage;
            }
        });
        return command.WithExamples(
            "ptune run examples/fashion-transfer.yaml",
            "ptune run examples/fashion-transfer.yaml -y        # do not ask before computing",
            "ptune run examples/pretraining.yaml --threads 2",
            "ptune run tuning.yaml --publish legal@v2",
            "ptune run study.yaml --server http://127.0.0.1:8080 -o json > result.json",
            "ptune run study.yaml --fresh              # compute everything again");
    }
}
