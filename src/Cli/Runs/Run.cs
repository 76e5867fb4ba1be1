using Ptune.Cli.Output;
using Ptune.Cli.Report;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Runs;

/// <summary>One <c>ptune run</c>: plan, submit, follow, gather, print. Ctrl-C asks the server for a checkpoint and waits for the stop.</summary>
internal sealed class Run(Session session, ServerLease server, Interruption interruption, SpecFile file, bool fresh, string? key, bool sure, bool move = false)
{
    public async Task<int> ToEndAsync(RunFolder folder, OutputFormat format)
    {
        var plan = await server.UseAsync(client => new Submitter(client).PlanAsync(file, fresh, interruption.Token));
        var estimate = RunEstimate.Of(plan, fresh);
        session.Terminal.Note($"{(file.Spec.Name.Length > 0 ? file.Spec.Name : plan.Id)}: {estimate.Describe()}");
        if (file.Spec is SweepSpec { Method: SweepMethod.Asha }) session.Terminal.Note("This is the first rung of every trial; the results decide which trials continue.");
        if (estimate.ToCompute > 0 && !sure && session.Terminal.Asks && !await session.Terminal.ConfirmAsync("Compute?", interruption.Token))
        {
            session.Terminal.Note("Nothing was started.");
            return ExitCode.Interrupted;
        }
        // With a key a submit may be repeated where its answer was lost; without one, --fresh would begin twice.
        var name = key ?? (fresh ? Guid.NewGuid().ToString("N") : null);
        var submitted = await server.UseAsync(client => new Submitter(client).SubmitAsync(file, fresh, name, interruption.Token, move));
        var run = new InterruptibleRun(session, server, interruption);
        var final = await run.FollowAsync(submitted, RunDisplays.Create(session));
        if (final.Status != JobStatus.Succeeded)
            return await run.FailedAsync(final, fresh ? "With --fresh the run starts over; without it, it uses what is in the store." : "The same command continues from there.");
        var report = await server.UseAsync(client => ReportData.GatherAsync(client, final, file.Spec, session.Clock.GetUtcNow(), CancellationToken.None));
        Print(report, folder.Write(report), format);
        if (file.Spec is JobSpec { Publish: { } published }) session.Terminal.Note($"Published as {published}.");
        return ExitCode.Done;
    }

    private void Print(ReportData report, IReadOnlyList<string> paths, OutputFormat format)
    {
        try
        {
            session.Terminal.Write(format, report.Result, console => ResultWriter.Write(console, report));
            // Where stdout is one JSON or YAML document, the paths must not spoil it.
            Action<string> last = format.IsTable() ? session.Terminal.Result : session.Terminal.Note;
            foreach (var path in paths) last(path);
        }
        catch (OutputException e) when (!e.ReaderLeft)
        {
            throw new CliException(ExitCode.NotWritten, $"The output cannot be written: {e.Message}", $"The run is done; its results are in {string.Join(" and ", paths)}.");
        }
    }
}
