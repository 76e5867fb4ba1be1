using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune cancel</c>: checkpoint and stop.</summary>
internal static class CancelCommand
{
    public static Command Create(Session session)
    {
        var id = CommonArguments.Id();
        var command = new Command("cancel", "Asks a job or study to write a checkpoint and stop. A submit of the same spec goes on from there.") { id };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var found = await Lookup.FindAsync(client, parsed.GetRequiredValue(id), interruption.Token);
            var format = parsed.GetValue(GlobalOptions.Output);
            if (found.Study is not null)
            {
                var study = await client.PostAsync<StudyView>(ServerClient.Fill(Routes.StudyCancel, found.Id), interruption.Token);
                session.Terminal.Write(format, study, _ => session.Terminal.Result($"{study.StudyId} {Words.Lower(study.Status)}"));
            }
            else
            {
                var job = await client.PostAsync<JobView>(ServerClient.Fill(Routes.JobCancel, found.Id), interruption.Token);
                session.Terminal.Write(format, job, _ => session.Terminal.Result($"{job.JobId} {Words.Lower(job.Status)}"));
            }
            return ExitCode.Done;
        });
        return command.WithExamples("ptune cancel 3f2a91");
    }
}
