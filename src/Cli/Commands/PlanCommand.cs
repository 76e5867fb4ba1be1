using System.CommandLine;
using System.Text.Json;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Imports;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune plan</c>: the whole spec and its jobs; nothing is started.</summary>
internal static class PlanCommand
{
    public static Command Create(Session session)
    {
        var spec = CommonArguments.Spec();
        var command = new Command("plan", "Prints a spec with all its defaults, and the jobs that it would compute. Starts nothing, not even a server.") { spec };
        command.SetAction(async (parsed, _) =>
        {
            if (SpecFile.Read(parsed.GetRequiredValue(spec), session.Terminal) is not { } read) return ExitCode.Usage;
            using var interruption = new Interruption();
            var file = await new StudyCheckpoints(session, client: null).ApplyAsync(read, interruption.Token);
            try
            {
                var (plan, known) = await PlanAsync(session, new ServerLocator(session, parsed), file, interruption.Token);
                var format = parsed.GetValue(GlobalOptions.Output);
                session.Terminal.Write(format, plan, _ => Print(session.Terminal, plan, known, session.Terminal.Ids(format, plan.Jobs.Select(j => j.JobId))));
                return ExitCode.Done;
            }
            catch (SpecRefusedException e)
            {
                file.Print(e.Problems, session.Terminal);
                return ExitCode.Usage;
            }
        });
        return command.WithExamples("ptune plan examples/fashion-transfer.yaml", "ptune plan study.yaml -o json | jq '.jobs[].jobId'");
    }

    /// <summary>The server's plan, which knows the store; without a server, the plan that follows from the spec alone.</summary>
    private static async Task<(PlanView Plan, bool Known)> PlanAsync(Session session, ServerLocator locator, SpecFile file, CancellationToken cancellation)
    {
        using var client = locator.TryConnect();
        if (client is not null)
        {
            try
            {
                return (await new Submitter(client).PlanAsync(file, fresh: false, cancellation), true);
            }
            catch (CliException e) when (e.ExitCode == ExitCode.Unreachable && locator.Named() is null)
            {
                // The file was left behind by a server that is gone. A server that the user names has to answer.
            }
        }
        session.Terminal.Note("No server is running, so it is not known ('?') which jobs are in the store.");
        if (LocalPlan.Aliases(file.Spec) is { Count: > 0 } aliases)
            session.Terminal.Note($"The ids are not known either ('?'): they depend on what {string.Join(", ", aliases)} refers to in a store.");
        return (LocalPlan.Of(file.Spec), false);
    }

    private static void Print(Terminal terminal, PlanView plan, bool known, ShortIds ids)
    {
        terminal.Document(YamlText.Of(JsonSerializer.SerializeToNode(plan.Spec, SpecJson.Options)));
        terminal.Result("");
        TextTable.Write(
            terminal.Out,
            ["=ID", "KIND", "NAME", "DEPENDS ON", "IN STORE", ">TIME", ">MEMORY", ">DISK"],
            plan.Jobs.Select(j => new[]
            {
                ids.Of(j.JobId), j.Kind, j.Name, j.DependsOn.Length == 0 ? "-" : string.Join(' ', j.DependsOn.Select(JobIds.Abbreviate)), Store(j.Status, known),
                Needed(j, j.Seconds, Words.Seconds), Needed(j, j.MemoryBytes, Words.Bytes), Needed(j, j.DiskBytes, Words.Bytes),
            }));
        terminal.Result("");
        var stored = plan.Jobs.Count(j => j.Status == JobStatus.Succeeded);
        if (plan.Spec is SweepSpec { Method: SweepMethod.Asha }) terminal.Result("This is the first rung of every trial; the results decide which trials get more epochs.");
        terminal.Result($"{plan.Id}: {Words.Count(plan.Jobs.Length, "job")}{(known ? $", {plan.Jobs.Length - stored} to compute, {stored} in the store" : "")}.");
        foreach (var refused in plan.Refused ?? []) terminal.Result($"Left out: {refused.Method}{(refused.Source is null ? "" : $" from {refused.Source}")} to {refused.Target}. {refused.Reason}");
        foreach (var warning in plan.Warnings ?? []) terminal.Result($"Warning: {warning}");
        if (plan.Budget is { } budget) terminal.Result(BudgetWords.Of(budget));
        TextTable.Pairs(terminal.Out, PlanTotals.Of(plan).Select(total => (total.Name, (string?)total.Value)));
    }

    private static string Needed<T>(PlanRow job, T? value, Func<T, string> words) where T : struct =>
        job.Status == JobStatus.Succeeded ? "-" : value is { } known ? words(known) : "?";

    private static string Store(JobStatus? status, bool known) => (known, status) switch
    {
        (false, _) => "?",
        (_, JobStatus.Succeeded) => "yes",
        (_, null) => "no",
        (_, { } other) => $"no ({Words.Lower(other)})",
    };
}
