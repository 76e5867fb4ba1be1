using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune suspend</c>, <c>resume</c> and <c>retry</c>: each prints the new status.</summary>
internal static class HoldingCommands
{
    public static Command Suspend(Session session) => Create(
        session, "suspend", Routes.JobSuspend, "Suspends a job: it writes a checkpoint, stops, and waits for 'ptune resume'. Prints the new status; suspending becomes suspended once the checkpoint is stored.");

    public static Command Resume(Session session) => Create(
        session, "resume", Routes.JobResume, "Resumes a suspended job from its last checkpoint. Prints the new status.");

    public static Command Retry(Session session)
    {
        var id = CommonArguments.Id();
        var command = new Command("retry", "Retries what failed or was cancelled: a job, from its last checkpoint if that is usable, or the failed jobs of a study or sweep. Prints the new status.") { id };
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
        id.Description = "The id of a job, or a unique prefix of it.";
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
