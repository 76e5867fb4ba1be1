using System.CommandLine;
using System.Globalization;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune logs</c>: the log of an attempt.</summary>
internal static class LogsCommand
{
    public static Command Create(Session session)
    {
        var id = CommonArguments.Id();
        id.Description = "The id of a job, or a unique prefix of it.";
        var follow = new Option<bool>("--follow", "-f") { Description = "Follow the log until the job ends." };
        var attempt = new Option<long?>("--attempt") { Description = "The number of the attempt. Default: the last one.", HelpName = "N" };
        var command = new Command("logs", "Prints a job's log.") { id, follow, attempt };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var path = ServerClient.Fill(
                Routes.JobLogs,
                parsed.GetRequiredValue(id),
                ("attempt", parsed.GetValue(attempt)?.ToString(CultureInfo.InvariantCulture)),
                ("follow", parsed.GetValue(follow) ? "true" : null));
            return await interruption.WhileReadAsync(async token =>
            {
                await using var log = await client.OpenAsync(path, token);
                await using var output = new StandardStream(StandardStreams.Output, mayFail: true);
                await log.CopyToAsync(output, token);
                return ExitCode.Done;
            });
        });
        return command.WithExamples("ptune logs 3f2a91 --follow", "ptune logs 3f2a91 --attempt 1");
    }
}
