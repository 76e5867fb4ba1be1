using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune suspend</c>, <c>resume</c> and <c>retry</c>: each prints the state that the job has reached.</summary>
internal static class HoldingCommands
{
    public static Command Suspend(Session session) => Create(
        session, "suspend", Routes.JobSuspend, "Holds a job back: it writes a checkpoint, stops, and waits for 'ptune resume'. Prints the state reached; suspending becomes suspended once the checkpoint is stored.");

    public static Command Resume(Session session) => Create(
        session, "resume", Routes.JobResume, "Lets a suspended job go on from its last checkpoint. Prints the state reached.");

    public static Command Retry(Session session) => Create(
        session, "retry", Routes.JobRetry, "Starts a failed or cancelled job anew, from its last checkpoint where that can be used. Prints the state reached; a job that is neither stays as it is.");

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
