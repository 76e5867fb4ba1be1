using System.Diagnostics;
using Ptune.Fixtures;
using Ptune.Supervisor.Executors;

namespace Ptune.Workers.Tests;

public sealed class ThreadStatesTests
{
    [Fact]
    public async Task Since_AThreadThatComputes_IsToldFromOneThatWaits()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]))!;
        using var waiting = Process.Start(new ProcessStartInfo("/bin/sleep", ["600"]))!;
        try
        {
            var (before, waitingBefore) = (ThreadStates.Of(process.Id), ThreadStates.Of(waiting.Id));
            await Eventually.IsTrueAsync("it has computed", () => !Line(process, before).Contains(" 0.0 s of CPU time since then", StringComparison.Ordinal));

            Assert.Matches($@"^thread {process.Id} 'sh' .*, \d+\.\d s of CPU time since then, \d+\.\d s in total$", Line(process, before));
            Assert.Matches($@"^thread {waiting.Id} 'sleep' waits.*, 0\.0 s of CPU time since then, 0\.0 s in total$", Line(waiting, waitingBefore));
        }
        finally
        {
            process.Kill();
            waiting.Kill();
        }
    }

    [Fact]
    public void Of_AProcessThatIsGone_IsNothing() => Assert.Empty(ThreadStates.Of(int.MaxValue).Since(ThreadStates.Of(int.MaxValue)));

    private static string Line(Process process, ThreadStates before) => Assert.Single(ThreadStates.Of(process.Id).Since(before));
}
