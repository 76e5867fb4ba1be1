namespace Ptune.Simulation.Tests.Machines;

/// <summary>A machine's clock: the schedule's, some seconds off; its timers sleep and die with the machine.</summary>
internal sealed class MachineTime(Machine machine, double skew) : TimeProvider
{
    public bool IsFrozen { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => IsFrozen ? 0 : TimeSpan.FromSeconds(machine.World.Chaos.Clock).Ticks;

    public override DateTimeOffset GetUtcNow() => IsFrozen ? Chaos.Start : Chaos.Start.AddSeconds(machine.World.Chaos.Clock + skew);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MachineTimer(machine, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
