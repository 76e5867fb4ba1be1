namespace Ptune.Simulation.Tests;

/// <summary>What many schedules gave.</summary>
/// <param name="Seed">The smallest seed that broke a promise, of those that were run.</param>
/// <param name="Violation">What it broke.</param>
internal sealed record Report(long Schedules, long Events, double Seconds, int? Seed = null, string? Violation = null)
{
    public override string ToString()
    {
        var rate = $"{Schedules} schedules, {Events} events in {Seconds:0.0} s: {Schedules / Seconds:0} schedules/s";
        return Violation is null ? rate : $"{rate}\nSeed {Seed} broke a promise: {Violation}\nReplay with its trace: tests/Simulation/soak --replay {Seed}";
    }
}
