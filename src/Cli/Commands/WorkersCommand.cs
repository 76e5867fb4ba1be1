using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Workers;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune workers</c>: the workers and their states.</summary>
internal static class WorkersCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("workers", "Lists the workers: where they run, what they have, and what they are doing.");
        command.Add(DrainCommand.Drain(session));
        command.Add(DrainCommand.Undrain(session));
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var workers = await client.GetAsync<WorkerView[]>(Routes.Workers, interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), workers, console => TextTable.Write(
                console,
                ["WORKER", "POOL", "HOST", ">PROCESS", "DEVICE", ">MEMORY", "LABELS", ">EXECUTORS", ">THREADS", ">RUNNING", "ORDER", "STATE", "SEEN", "VERSION"],
                workers.Select(w => new[]
                {
                    w.WorkerId, w.Report.Pool, w.Report.Host, $"{w.Report.ProcessId}", w.Report.Device, Memory(w.Report), Labels(w.Report), $"{w.Report.Executors}", $"{w.Report.Threads}",
                    $"{w.Report.Running.Length}", Words.Lower(w.Order), State(w), Words.Ago(w.Seen, session.Clock.GetUtcNow()), w.Report.Version,
                })));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune workers", "ptune workers -o json", "ptune workers drain gpu-3 --wait");
    }

    internal static string State(WorkerView worker) => (worker.Order, worker.Report.Running.Length) switch
    {
        (WorkerOrder.Drain, _) => "draining",
        (_, 0) => "idle",
        (_, var running) when running < worker.Report.Executors => "partly idle",
        _ => "busy",
    };

    private static string Memory(WorkerReport report) => report.MemoryGiB is { } memory ? $"{Words.Number(memory, "0.#")} GiB" : "-";

    private static string Labels(WorkerReport report) =>
        report.Labels is { Count: > 0 } labels ? string.Join(",", labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")) : "-";
}
