using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune top</c>: pools, workers and running jobs at a glance.</summary>
internal static class TopCommand
{
    private const string RunningStatuses = "leased,running,suspending,cancelling";

    public static Command Create(Session session)
    {
        var once = new Option<bool>("--once") { Description = "Print it once. Default where stdout is not a terminal, or the output is json or yaml." };
        var interval = new Option<int>("--interval") { Description = "Seconds between two looks. Default: 2.", HelpName = "SECONDS", DefaultValueFactory = _ => 2 };
        interval.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && (!int.TryParse(word.Value, out var seconds) || seconds is < 1 or > 3600)) result.AddError($"--interval is {word.Value}: write a whole number from 1 to 3600.");
        });
        var limit = new Option<int>("--limit", "-n") { Description = "The maximum number of running jobs. Default: 20.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("top", "Shows pools, workers and running jobs, and keeps showing them until Ctrl-C.") { once, interval, limit };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var (format, count) = (parsed.GetValue(GlobalOptions.Output), parsed.GetValue(limit));
            if (parsed.GetValue(once) || !format.IsTable() || Console.IsOutputRedirected)
            {
                var view = await LookAsync(client, count, interruption.Token);
                session.Terminal.Write(format, view, console => Print(session, format, console, view));
                return ExitCode.Done;
            }
            return await interruption.WhileReadAsync(token => FollowAsync(session, client, format, count, TimeSpan.FromSeconds(parsed.GetValue(interval)), token));
        });
        return command.WithExamples("ptune top", "ptune top --once", "ptune top -o json | jq '.pools[].queued'");
    }

    private static async Task<int> FollowAsync(Session session, ServerClient client, OutputFormat format, int count, TimeSpan interval, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, session.Clock);
        try
        {
            do
            {
                // Looked for first: the old picture stands until there is a new one.
                var view = await LookAsync(client, count, cancellation);
                session.Terminal.Out.Clear();
                session.Terminal.Out.Line($"{ServerAddress.Show(client.Address)}, {session.Clock.GetLocalNow():HH:mm:ss}. Ctrl-C ends.");
                Print(session, format, session.Terminal.Out, view);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how one leaves.
        }
        return ExitCode.Done;
    }

    private static async Task<TopView> LookAsync(ServerClient client, int count, CancellationToken cancellation)
    {
        var pools = client.GetAsync<PoolView[]>(Routes.Pools, cancellation);
        var workers = client.GetAsync<WorkerView[]>(Routes.Workers, cancellation);
        var rows = await client.GetPageAsync<JobRow>(ServerClient.Query(Routes.Jobs, ("status", RunningStatuses), ("limit", $"{count}")), cancellation);
        var jobs = await Task.WhenAll(rows.Rows.Select(r => client.FindAsync<JobView>(ServerClient.Fill(Routes.Job, r.JobId), cancellation)));
        return new TopView(await pools, await workers, rows.Total ?? rows.Rows.Length, [.. jobs.OfType<JobView>().Where(j => j.Status.IsHeld).Select(TopJob.Of)]);
    }

    private static void Print(Session session, OutputFormat format, IAnsiConsole console, TopView view)
    {
        var ids = session.Terminal.Ids(format, view.Jobs.Select(j => j.JobId));
        TextTable.Write(console, ["POOL", ">QUEUED", ">LEASED", ">WORKERS", "WAITING FOR"], view.Pools.Select(p => new[]
        {
            p.Name, $"{p.Queued}", $"{p.Leased}", $"{p.Workers.Length}", string.Join(", ", (p.Waits ?? []).Where(w => w.Jobs > 0).Select(w => $"{WaitRules.Text(w.Rule)} {w.Jobs}")),
        }));
        console.Line();
        TextTable.Write(console, ["WORKER", "POOL", "DEVICE", ">RUNNING", ">EXECUTORS", "STATE"], view.Workers.Select(w => new[]
        {
            w.WorkerId, w.Report.Pool, w.Report.Device, $"{w.Report.Running.Length}", $"{w.Report.Executors}", WorkersCommand.State(w),
        }));
        console.Line();
        TextTable.Write(console, ["=JOB", "KIND", "NAME", "STATUS", "WORKER", ">STEP", ">DONE", ">LOSS", ">EXAMPLES/S", ">RUNNING"], view.Jobs.Select(j => new[]
        {
            ids.Of(j.JobId), j.Kind, j.Name, Words.Lower(j.Status), j.Worker ?? "-", j.Progress is { } p ? $"{p.Step}" : "-",
            j.Progress is { TotalSteps: > 0 } part ? $"{Words.Number(100.0 * part.Step / part.TotalSteps, "0")} %" : "-",
            j.Progress?.Loss is { } loss ? Words.Figure(loss, "0.000") : "-", j.Progress is { } rate ? Words.Number(rate.ExamplesPerSecond, "0.#") : "-",
            j.Seconds is { } seconds ? Words.Seconds(seconds) : "-",
        }));
        if (view.Running > view.Jobs.Length) console.Line($"{view.Jobs.Length} of {view.Running} running jobs; more with -n.");
    }
}
