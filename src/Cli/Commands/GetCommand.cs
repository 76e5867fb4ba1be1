using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Report;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Spectre.Console;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune get</c>: one job, study or sweep.</summary>
internal static class GetCommand
{
    public static Command Create(Session session)
    {
        var id = CommonArguments.Id();
        var command = new Command("get", "Shows a job, study or sweep: its status and results, and its timeline, jobs or trials.") { id };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var found = await Lookup.FindAsync(client, parsed.GetRequiredValue(id), interruption.Token);
            var format = parsed.GetValue(GlobalOptions.Output);
            if (found.Study is { } study) session.Terminal.Write(format, study, console => Print(console, study, session.Terminal.Ids(format, study.Cells.Select(c => c.JobId)), session.Clock));
            else if (found.Sweep is { } sweep) session.Terminal.Write(format, sweep, console => Print(console, sweep, session.Clock));
            else
            {
                var wait = format.IsTable() && found.Job!.Status == JobStatus.Queued ? await WaitAsync(client, found.Id, interruption.Token) : null;
                session.Terminal.Write(format, found.Job!, console => Print(console, found.Job!, wait, session.Clock));
            }
            return ExitCode.Done;
        });
        return command.WithExamples("ptune get 3f2a91", "ptune get default.3f2a91c0d4e5f60718293a4b5c6d7e8f -o yaml");
    }

    /// <summary>Null if it has just left the queue.</summary>
    private static async Task<WaitView?> WaitAsync(ServerClient client, string id, CancellationToken cancellation)
    {
        try
        {
            return await client.GetAsync<WaitView>(ServerClient.Fill(Routes.JobWait, id), cancellation);
        }
        catch (CliException e) when (e.ExitCode is ExitCode.NotFound or ExitCode.Usage)
        {
            return null;
        }
    }

    private static void Print(IAnsiConsole console, StudyView study, ShortIds ids, TimeProvider clock)
    {
        TextTable.Pairs(console,
        [
            ("study", study.StudyId), ("name", study.Name), ("status", Words.Lower(study.Status)), ("message", study.Message),
            ("created", Words.Ago(study.Created, clock.GetUtcNow())),
            ("jobs", $"{study.Cells.Count(c => c.Status == JobStatus.Succeeded)} of {study.Cells.Length} done, {study.Cells.Count(c => c.Reused)} of them from the store"),
        ]);
        console.Line();
        TextTable.Write(console, ["=JOB", "STATUS", "NAME"], study.Cells.Select(c => new[] { ids.Of(c.JobId), c.Status is { } status ? Words.Lower(status) + (c.Reused ? " (store)" : "") : "-", c.Name }));
        if (study.Result is null) return;
        console.Line();
        ResultWriter.Write(console, study.Result, study.Spec);
    }

    private static void Print(IAnsiConsole console, SweepView sweep, TimeProvider clock)
    {
        TextTable.Pairs(console,
        [
            ("sweep", sweep.SweepId), ("name", sweep.Name), ("status", Words.Lower(sweep.Status)), ("message", sweep.Message),
            ("created", Words.Ago(sweep.Created, clock.GetUtcNow())), ("method", Words.Lower(sweep.Spec.Method)),
            ("trials", $"{sweep.Trials.Length} of {sweep.Total} begun, {sweep.Trials.Count(t => t.Objective is not null)} measured, {sweep.Trials.Count(t => t.Status == JobStatus.Failed)} failed"),
            ("jobs", $"{sweep.Cells.Count(c => c.Status == JobStatus.Succeeded)} of {sweep.Cells.Length} done, {sweep.Cells.Count(c => c.Reused)} of them from the store"),
        ]);
        console.Line();
        SweepWriter.Write(console, sweep);
    }

    private static void Print(IAnsiConsole console, JobView job, WaitView? wait, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        TextTable.Pairs(console,
        [
            ("job", job.JobId), ("kind", job.Kind), ("name", job.Name.Length > 0 ? job.Name : null), ("status", Words.Lower(job.Status)), ("message", job.Message),
            ("warning", job.Result?.Attributes.GetValueOrDefault(AttributeNames.Warning)),
            ("cause", job.Cause is { } cause ? Words.Lower(cause) : null), ("attempt", job.Epoch > 0 ? $"{job.Epoch}" : null), ("worker", job.Worker),
            ("not before", job.NotBefore is { } then ? $"{then.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : null),
            ("not on", job.ExcludedWorkers.Length > 0 ? string.Join(", ", job.ExcludedWorkers) : null),
            ("progress", job.Progress is { } progress ? LinesDisplay.Describe(progress) : null),
            ("done", ProgressEstimate.Of(job, now) is { } estimate ? WaitWords.Estimate(estimate) : null),
            ("position", wait is null ? null : $"{WaitWords.Place(wait)} in pool {wait.Pool}, {WaitWords.Start(wait, now)}"),
            ("waits", wait is null ? null : $"{wait.Why} ({WaitRules.Text(wait.Rule)})"),
            ("checkpoint", job.Checkpoint is { } point ? $"step {point.Step}, {Words.Bytes(point.Bytes)}" : null),
            ("memory", Memory(job)),
            ("pool", $"{job.Pool}, priority {job.Priority}"), ("published as", job.Spec.Publish), ("asked by", string.Join(", ", job.Askers.Select(Askers.NameOf))), ("created", Words.Ago(job.Created, clock.GetUtcNow())),
            ("environment", job.Result is { Environment: { } e } ? $"{e.Device}, {Words.Count(e.Threads, "thread")}, libtorch {e.Torch}, {e.Runtime}{(e.BatchParts > 1 ? $", batches in {e.BatchParts} parts (not bit-identical to whole batches)" : "")}" : null),
        ]);
        if (job.Result is not null)
        {
            console.Line();
            ResultWriter.Write(console, job);
        }
        console.Line();
        if (job.TimelineDropped > 0) console.Line($"{Words.Count(job.TimelineDropped, "transition")} after the first ones are no longer kept.");
        TextTable.Write(console, ["AT", "STATUS", ">ATTEMPT", "WHY"], job.Timeline.Select(e => new[] { $"{e.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z", Words.Lower(e.Status), $"{e.Epoch}", e.Why }));
    }

    /// <summary>What its pool reserves, once it is known.</summary>
    private static string? Memory(JobView job) => (job.Spec.Scheduling.Needs?.MemoryGiB, job.EstimatedMemoryBytes) switch
    {
        ({ } given, _) => $"{Words.Number(given, "0.###")} GiB, as its spec says",
        (_, { } bytes) => $"about {Words.Bytes(bytes)}, estimated",
        _ => null,
    };
}
