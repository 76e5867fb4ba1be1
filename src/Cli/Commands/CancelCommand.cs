using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune cancel</c>: checkpoint and stop.</summary>
internal static class CancelCommand
{
    public static Command Create(Session session)
    {
        var id = CommonArguments.Id();
        var command = new Command("cancel", "Asks a job, study or sweep to write a checkpoint and stop. A submit of the same spec goes on from there.") { id };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var found = await Lookup.FindAsync(client, parsed.GetRequiredValue(id), interruption.Token);
            var reached = await new Submitter(client).CancelAsync(found, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), reached.View, _ => session.Terminal.Result($"{reached.Id} {Words.Lower(reached.Status)}"));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune cancel 3f2a91");
    }
}
