namespace Ptune.Simulation.Tests.Machines;

/// <summary>
/// A process on a machine: everything that its code awaits goes on here, one thing after the other, as long as it lives. Killed, it never goes on;
/// stopped, it goes on when it wakes, and does not know that it slept. Its clock may be wrong.
/// </summary>
internal class Machine : SynchronizationContext
{
    private double _asleepUntil;

    public Machine(World world, string name, double skew)
    {
        (World, Name) = (world, name);
        Time = new MachineTime(this, skew);
    }

    public World World { get; }

    public string Name { get; }

    public MachineTime Time { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>For how many seconds it has lived undisturbed, nothing else having failed either; 0: it is dead or asleep.</summary>
    public double Undisturbed => IsAlive ? Math.Max(0, Chaos.Clock - Math.Max(Chaos.Until, _asleepUntil)) : 0;

    /// <summary>How long its calls wait for an answer, in seconds.</summary>
    public double Patience { get; init; } = 5;

    protected Chaos Chaos => World.Chaos;

    public virtual void Kill()
    {
        World.Note(this, "is killed");
        IsAlive = false;
    }

    /// <summary>SIGSTOP now, SIGCONT later.</summary>
    public void Sleep(double seconds)
    {
        World.Note(this, $"is stopped for {seconds:0.#} s");
        _asleepUntil = Math.Max(_asleepUntil, Chaos.Clock + seconds);
    }

    public void After(double seconds, Action act) => Chaos.After(seconds, () => Run(act));

    public override void Post(SendOrPostCallback d, object? state) => After(0, () => d(state));

    public override SynchronizationContext CreateCopy() => this;

    private void Run(Action act)
    {
        if (!IsAlive) return;
        if (Chaos.Clock < _asleepUntil)
        {
            After(_asleepUntil - Chaos.Clock, act);
            return;
        }
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            act();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
