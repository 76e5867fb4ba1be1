using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Workers;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune workers drain</c> and <c>undrain</c>: stop a worker in order, or let it stay.</summary>
internal static class DrainCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static Command Drain(Session session)
    {
        var worker = Worker();
        var wait = new Option<bool>("--wait") { Description = "Return only when the worker has stopped." };
        var command = new Command("drain", "Drains a worker: it takes no more jobs, writes checkpoints of those that run, returns them to the queue, and stops.") { worker, wait };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var id = parsed.GetRequiredValue(worker);
            var view = await client.PostAsync<WorkerView>(ServerClient.Fill(Routes.WorkerDrain, id), interruption.Token);
            if (parsed.GetValue(wait)) await interruption.WhileReadAsync(token => UntilGoneAsync(session, client, id, token));
            Write(session, parsed, view, parsed.GetValue(wait) ? "has stopped" : $"is draining; {Words.Count(view.Report.Running.Length, "job")} still running");
            return ExitCode.Done;
        });
        return command.WithExamples("ptune workers drain gpu-3", "ptune workers drain gpu-3 --wait");
    }

    public static Command Undrain(Session session)
    {
        var worker = Worker();
        var command = new Command("undrain", "Takes back a drain that the worker has not acted on yet.") { worker };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var view = await client.PostAsync<WorkerView>(ServerClient.Fill(Routes.WorkerUndrain, parsed.GetRequiredValue(worker)), interruption.Token);
            Write(session, parsed, view, "takes jobs again");
            return ExitCode.Done;
        });
        return command.WithExamples("ptune workers undrain gpu-3");
    }

    private static Argument<string> Worker() => new("worker") { Description = "The id of a worker; 'ptune workers' lists them.", HelpName = "WORKER" };

    private static void Write(Session session, ParseResult parsed, WorkerView view, string what) =>
        session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), view, _ => session.Terminal.Result($"{view.WorkerId} {what}"));

    /// <returns>True once it is gone.</returns>
    private static async Task<bool> UntilGoneAsync(Session session, ServerClient client, string id, CancellationToken cancellation)
    {
        while ((await client.GetAsync<WorkerView[]>(Routes.Workers, cancellation)).Any(w => w.WorkerId == id))
            await Task.Delay(Look, session.Clock, cancellation);
        return true;
    }
}
