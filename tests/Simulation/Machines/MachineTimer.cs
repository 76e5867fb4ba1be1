using Orleans.Runtime;

namespace Ptune.Simulation.Tests.Machines;

/// <summary>A timer on a machine, for <see cref="TimeProvider"/> and for grains.</summary>
internal sealed class MachineTimer(Machine machine, Action act) : ITimer, IGrainTimer
{
    private int _version;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var version = ++_version;
        if (dueTime >= TimeSpan.Zero && dueTime != Timeout.InfiniteTimeSpan) machine.After(dueTime.TotalSeconds, () => Fire(version, period));
        return true;
    }

    void IGrainTimer.Change(TimeSpan dueTime, TimeSpan period) => Change(dueTime, period);

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire(int version, TimeSpan period)
    {
        if (version != _version) return;
        if (period > TimeSpan.Zero) machine.After(period.TotalSeconds, () => Fire(version, period));
        act();
    }
}
