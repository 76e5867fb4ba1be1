using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune suspend</c>, <c>resume</c> and <c>retry</c>: each prints the state reached.</summary>
internal static class HoldingCommands
{
    public static Command Suspend(Session session) => Create(
        session, "suspend", Routes.JobSuspend, "Holds a job back: it writes a checkpoint, stops, and waits for 'ptune resume'. Prints the state reached; suspending becomes suspended once the checkpoint is stored.");

    public static Command Resume(Session session) => Create(
        session, "resume", Routes.JobResume, "Lets a suspended job go on from its last checkpoint. Prints the state reached.");

    public static Command Retry(Session session)
    {
        var id = CommonArguments.Id();
        var command = new Command("retry", "Tries again what failed or was cancelled: a job from its last checkpoint where that can be used, of a study or sweep the failed part alone. Prints the state reached; what has not failed stays as it is.") { id };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var found = await Lookup.FindAsync(client, parsed.GetRequiredValue(id), interruption.Token);
            var reached = await new Submitter(client).RetryAsync(found, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), reached.View, _ => session.Terminal.Result($"{reached.Id} {Words.Lower(reached.Status)}"));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune retry 3f2a91");
    }

    private static Command Create(Session session, string name, string route, string description)
    {
        var id = CommonArguments.Id();
        id.Description = "The id of a job, or the beginning of it.";
        var command = new Command(name, description) { id };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var job = await client.PostAsync<JobView>(ServerClient.Fill(route, parsed.GetRequiredValue(id)), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), job, _ => session.Terminal.Result($"{job.JobId} {Words.Lower(job.Status)}"));
            return ExitCode.Done;
        });
        return command.WithExamples($"ptune {name} 3f2a91");
    }
}
