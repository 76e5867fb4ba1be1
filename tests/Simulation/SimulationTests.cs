namespace Ptune.Simulation.Tests;

/// <summary>
/// The production grains under thousands of seeded schedules with lost, doubled and late messages, failed and unanswered writes, killed and sleeping
/// silos and workers, wrong clocks and two activations at once. tests/Simulation/soak runs more of them, and replays one.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    // Where nothing guards a write, any promise may be the first that is seen to break.
    private const string AnyPromise = ".";

    private const int Jobs = 8_000;
    private const int Studies = 750;
    private const int Sweeps = 750;

    // A protocol that is broken in one place must be found in as many schedules.
    private const int Most = 17_000;

    [Fact]
    public void Schedules_AnySeed_KeepEveryPromise()
    {
        var report = Schedules.Run(0, Jobs);
        output.WriteLine(report.ToString());
        Assert.True(report.Violation is null, report.ToString());
    }

    [Fact]
    public void Schedules_OfAStudy_EndWithEveryCellAsItsJob()
    {
        var report = Schedules.Run(0, Studies, scene: Scene.Study);
        output.WriteLine(report.ToString());
        Assert.True(report.Violation is null, $"{report} study");
    }

    [Fact]
    public void Schedules_OfASweep_EndWithEveryTrialCountedOnce()
    {
        var report = Schedules.Run(0, Sweeps, scene: Scene.Sweep);
        output.WriteLine(report.ToString());
        Assert.True(report.Violation is null, $"{report} sweep");
    }

    [Theory]
    [InlineData(nameof(Protocol.WithoutFence), "was taken while|were accepted")]
    [InlineData(nameof(Protocol.StaleCheckpoints), "the checkpoint of", 16_000)]
    [InlineData(nameof(Protocol.EpochNotStored), "to two workers|begun twice|was taken while|went back")]
    [InlineData(nameof(Protocol.WithoutExpiry), "never ended")]
    [InlineData(nameof(Protocol.WithoutETag), AnyPromise)]
    [InlineData(nameof(Protocol.TellsFirst), "never written")]
    [InlineData(nameof(Protocol.WithoutOutbox), "never|does not know")]
    [InlineData(nameof(Protocol.WithoutSweep), "never")]
    [InlineData(nameof(Protocol.WithoutNotes), "never ended|does not know")]
    [InlineData(nameof(Protocol.ForgottenLeases), "was never given to")]
    [InlineData(nameof(Protocol.WithoutPermits), "jobs run, and 1 may", 15_300)]
    [InlineData(nameof(Protocol.AuditWithoutKeys), "the audit trail has .* times")]
    [InlineData(nameof(Protocol.AuditNotOwed), "the audit trail never heard of")]
    [InlineData(nameof(Protocol.DeviceTimeWithoutKeys), "was counted [0-9]+ times")]
    [InlineData(nameof(Protocol.DeviceTimeNotOwed), "was never counted|was never owed")]
    public void Schedules_BrokenProtocol_IsFound(string protocol, string promise, int first = 0)
    {
        var report = Schedules.Run(first, Most, Enum.Parse<Protocol>(protocol));
        output.WriteLine(report.ToString());
        Assert.NotNull(report.Violation);
        Assert.Matches(promise, report.Violation);
    }

    [Theory]
    [InlineData(nameof(Protocol.DeafSweep), "never ended")]
    [InlineData(nameof(Protocol.ForgetfulSweep), "never ended")]
    [InlineData(nameof(Protocol.WithoutETag), AnyPromise)]
    public void Schedules_BrokenSweep_IsFound(string protocol, string promise)
    {
        var report = Schedules.Run(0, Most, Enum.Parse<Protocol>(protocol), scene: Scene.Sweep);
        output.WriteLine(report.ToString());
        Assert.NotNull(report.Violation);
        Assert.Matches(promise, report.Violation);
    }

    [Fact]
    public void Schedule_SameSeed_IsTheSame()
    {
        List<string> one = [], other = [];
        Assert.Equal(World.Run(42, trace: one), World.Run(42, trace: other));
        Assert.Equal(one, other);
        Assert.NotEmpty(one);
    }
}
