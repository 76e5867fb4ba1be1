using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Workers;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune workers</c>: who computes.</summary>
internal static class WorkersCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("workers", "Lists the workers, what they run on and what they are at.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var workers = await client.GetAsync<WorkerView[]>(Routes.Workers, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), workers, console => TextTable.Write(
                console,
                ["WORKER", "POOL", "HOST", ">PROCESS", "DEVICE", ">EXECUTORS", ">THREADS", ">RUNNING", "ORDER", "SEEN", "VERSION"],
                workers.Select(w => new[]
                {
                    w.WorkerId, w.Report.Pool, w.Report.Host, $"{w.Report.ProcessId}", w.Report.Device, $"{w.Report.Executors}", $"{w.Report.Threads}",
                    $"{w.Report.Running.Length}", Words.Lower(w.Order), Words.Ago(w.Seen, session.Clock.GetUtcNow()), w.Report.Version,
                })));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune workers", "ptune workers -o json");
    }
}
