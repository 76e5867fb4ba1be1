using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune watch</c>: follows a job, study or sweep to its end, without owning it.</summary>
internal static class WatchCommand
{
    public static Command Create(Session session)
    {
        var id = CommonArguments.Id();
        var command = new Command("watch", "Shows the progress of a job, study or sweep until it ends. Ctrl-C stops watching, not the job.") { id };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var found = await Lookup.FindAsync(client, parsed.GetRequiredValue(id), interruption.Token);
            var follower = new Follower(client, session.Clock);
            var final = await interruption.WhileReadAsync(token => RunDisplays.Create(session).ShowAsync(show => follower.ToEndAsync(found, show, token)));
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), final.View, _ => Print(session.Terminal, final));
            return RunEnd.ExitCodeOf(final.Status, interrupted: false);
        });
        return command.WithExamples("ptune watch 3f2a91", "ptune watch 3f2a91 && ptune get 3f2a91");
    }

    private static void Print(Terminal terminal, Submitted final) =>
        terminal.Result($"{final.Id} {Words.Lower(final.Status)}{(final.Message is { Length: > 0 } why ? $": {why}" : "")}");
}
