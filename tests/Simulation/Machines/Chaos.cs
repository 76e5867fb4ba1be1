namespace Ptune.Simulation.Tests.Machines;

/// <summary>A seeded clock with all that is going to happen, and the dice of one schedule; after <see cref="Until"/> nothing fails any more.</summary>
internal sealed class Chaos(int seed)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private long _order;

    /// <summary>Seconds of faults.</summary>
    public const double Until = 60;

    public static DateTimeOffset Start { get; } = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Seconds since the schedule's start.</summary>
    public double Clock { get; private set; }

    public bool IsOver => Clock >= Until;

    public int Steps { get; private set; }

    /// <summary>True with this probability, while there are faults.</summary>
    public bool Strikes(double probability) => _random.NextDouble() < probability && !IsOver;

    /// <summary>True with this probability, faults or not.</summary>
    public bool Happens(double probability) => _random.NextDouble() < probability;

    public double Between(double least, double most) => least + (_random.NextDouble() * (most - least));

    public int Pick(int count) => _random.Next(count);

    public void After(double seconds, Action act) => _events.Enqueue(act, (Clock + seconds, _order++));

    /// <summary>Runs what is due until this time.</summary>
    public void RunUntil(double end, Func<bool> isOver)
    {
        while (!isOver() && _events.TryPeek(out _, out var due) && due.At <= end)
        {
            var act = _events.Dequeue();
            Clock = due.At;
            Steps++;
            act();
        }
    }
}
