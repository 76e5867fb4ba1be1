using System.Globalization;

namespace Ptune.Simulation.Tests;

/// <summary>
/// The production machines under thousands of seeded schedules with lost, doubled and late messages, failed and unanswered writes, crashes, two
/// activations and sleeping workers. PTUNE_SCHEDULES sets how many; PTUNE_SEED replays one.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Some = 20_000;

    [Fact]
    public void Schedules_AnySeed_KeepEveryPromise()
    {
        var steps = 0L;
        foreach (var seed in Seeds()) steps += Replayable(seed);
        output.WriteLine($"{Seeds().Count()} schedules, {steps} events");
    }

    [Theory]
    [InlineData(nameof(Protocol.WithoutFence), "was taken while")]
    [InlineData(nameof(Protocol.WithoutExpiry), "never ended")]
    [InlineData(nameof(Protocol.WithoutETag), "")]
    [InlineData(nameof(Protocol.TellsVolatile), "never heard")]
    [InlineData(nameof(Protocol.WithoutSweep), "never")]
    public void Schedules_BrokenProtocol_IsFound(string protocol, string promise)
    {
        var broken = Enum.Parse<Protocol>(protocol);
        var found = Enumerable.Range(0, Some).Select(seed => Record.Exception(() => World.Run(seed, broken))).OfType<ViolationException>().FirstOrDefault();
        Assert.NotNull(found);
        Assert.Contains(promise, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_SameSeed_IsTheSame() => Assert.Equal(World.Run(42), World.Run(42));

    private static IEnumerable<int> Seeds()
    {
        if (Setting("PTUNE_SEED") is { } seed) return [seed];
        return Enumerable.Range(0, Setting("PTUNE_SCHEDULES") ?? Some);
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static int Replayable(int seed)
    {
        try
        {
            return World.Run(seed);
        }
        catch (ViolationException violation)
        {
            throw new ViolationException(
                $"{violation.Message}\nReplay: PTUNE_SEED={seed} artifacts/bin/Simulation.Tests/release/Ptune.Simulation.Tests -method '*Schedules_AnySeed*'");
        }
    }
}
