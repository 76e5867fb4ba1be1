using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ptune.Supervisor.Executors;

/// <summary>
/// Starts child processes from one thread that lives as long as this process. The kernel kills a child that follows its parent when the
/// thread that started it ends, and a thread of the pool ends whenever the pool has too many.
/// </summary>
internal static class ProcessLauncher
{
    private static readonly BlockingCollection<Action> s_work = [];
    private static readonly Lazy<Thread> s_thread = new(Begin);

    public static async Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = s_thread.Value;
        s_work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' was not started."));
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return await started.Task;
    }

    private static Thread Begin()
    {
        var thread = new Thread(static () =>
        {
            foreach (var work in s_work.GetConsumingEnumerable()) work();
        })
        { IsBackground = true, Name = "executor launcher" };
        thread.Start();
        return thread;
    }
}
