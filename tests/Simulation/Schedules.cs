using System.Diagnostics;
using Ptune.Simulation.Tests.Promises;

namespace Ptune.Simulation.Tests;

/// <summary>Runs many schedules on all cores; each is alone with its seed.</summary>
internal static class Schedules
{
    public static Report Run(int first, int count, Protocol protocol = Protocol.AsItIs, Action<Report>? tell = null, Scene scene = Scene.Jobs)
    {
        var watch = Stopwatch.StartNew();
        var (done, events, gate) = (0L, 0L, new Lock());
        (int Seed, string Violation)? worst = null;
        Parallel.For(first, first + count, (seed, loop) =>
        {
            try
            {
                Interlocked.Add(ref events, World.Run(seed, protocol, scene: scene));
            }
            catch (Exception problem)
            {
                loop.Stop();
                lock (gate)
                {
                    if (worst is null || seed < worst.Value.Seed) worst = (seed, problem is ViolationException ? problem.Message : problem.ToString());
                }
            }
            if (Interlocked.Increment(ref done) % 10_000 == 0) tell?.Invoke(new Report(done, events, watch.Elapsed.TotalSeconds));
        });
        return new Report(done, events, watch.Elapsed.TotalSeconds, worst?.Seed, worst?.Violation);
    }

    /// <summary>One schedule, with all that happens in it.</summary>
    public static Report Replay(int seed, Action<string> print, Protocol protocol = Protocol.AsItIs, Scene scene = Scene.Jobs)
    {
        var watch = Stopwatch.StartNew();
        var trace = new List<string>();
        try
        {
            var events = World.Run(seed, protocol, trace, scene);
            return new Report(1, events, watch.Elapsed.TotalSeconds);
        }
        catch (ViolationException problem)
        {
            return new Report(1, 0, watch.Elapsed.TotalSeconds, seed, problem.Message);
        }
        finally
        {
            foreach (var line in trace) print(line);
        }
    }
}
