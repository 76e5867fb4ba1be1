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
        var ids = new Argument<string[]>("ID") { Description = "Ids of jobs, studies or sweeps, or unique prefixes of them.", HelpName = "ID...", Arity = ArgumentArity.OneOrMore };
        var command = new Command("cancel", "Cancels jobs, studies or sweeps: they write a checkpoint and stop. Of a study or sweep, jobs that others asked for, too, keep running. Submitting the same spec again continues from the checkpoint.") { ids };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            // All are looked up before any is cancelled: one wrong id cancels nothing.
            var found = new List<Submitted>();
            foreach (var id in parsed.GetRequiredValue(ids)) found.Add(await Lookup.FindAsync(client, id, interruption.Token));
            var reached = new List<Submitted>();
            foreach (var one in found.DistinctBy(f => f.Id)) reached.Add(await new Submitter(client).CancelAsync(one, interruption.Token));
            object views = reached is [var only] ? only.View : reached.Select(r => r.View).ToArray();
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), views, _ => reached.ForEach(r => session.Terminal.Result($"{r.Id} {Words.Lower(r.Status)}")));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune cancel 3f2a91", "ptune cancel $(ptune list --status queued -o json | jq -r '.[].jobId')");
    }
}
