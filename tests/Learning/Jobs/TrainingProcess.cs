using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs;

/// <summary>This test program again, as a process that trains and can be killed.</summary>
internal static class TrainingProcess
{
    private const string _variable = "PTUNE_TEST_TRAINING_PROCESS";

    /// <summary>Runs the job in a process that gets SIGKILL when it has told of the checkpoint at <paramref name="step"/>; it goes on until it dies.</summary>
    public static void KillAfter(JobRun run, long step)
    {
        var order = new Order(run.JobId, JsonSerializer.Serialize<Spec>(run.Spec, SpecJson.Options), run.DataCacheFolder, run.WorkFolder);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment[_variable] = JsonSerializer.Serialize(order);
        using var process = Process.Start(start)!;
        string? line;
        while ((line = process.StandardOutput.ReadLine()) is not null && line != step.ToString())
        {
        }

        process.Kill();
        process.WaitForExit();
        Assert.Equal(step.ToString(), line);
        Assert.Equal(128 + 9, process.ExitCode);
    }

#pragma warning disable CA2255 // This program's own entry point is the test framework's; the child must not reach it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunWhereAsked()
    {
        if (Environment.GetEnvironmentVariable(_variable) is not { Length: > 0 } text) return;
        var order = JsonSerializer.Deserialize<Order>(text)!;
        JobRunner.Run(new JobRun
        {
            JobId = order.JobId,
            Spec = (JobSpec)JsonSerializer.Deserialize<Spec>(order.Spec, SpecJson.Options)!,
            Inputs = new Dictionary<string, string>(),
            InputDigests = new Dictionary<string, string>(),
            DataCacheFolder = order.DataCacheFolder,
            WorkFolder = order.WorkFolder,
            OnCheckpoint = (_, step) =>
            {
                Console.WriteLine(step);
                Console.Out.Flush();
            },
        });
        // Waits to be killed, so that the kill always finds it alive.
        Console.In.ReadToEnd();
    }

    private sealed record Order(string JobId, string Spec, string DataCacheFolder, string WorkFolder);
}
