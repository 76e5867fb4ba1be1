namespace Ptune.Simulation.Tests;

/// <summary>A seeded clock, and the faults of one schedule; after <see cref="Until"/> nothing fails any more.</summary>
internal sealed class Chaos(int seed)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private long _order;

    /// <summary>Seconds of faults.</summary>
    public const double Until = 200;

    public static DateTimeOffset Start { get; } = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    public double Clock { get; private set; }

    public DateTimeOffset Now => Start.AddSeconds(Clock);

    public int Steps { get; private set; }

    /// <summary>True with this probability, while there are faults.</summary>
    public bool Strikes(double probability) => _random.NextDouble() < probability && Clock < Until;

    public double Between(double least, double most) => least + (_random.NextDouble() * (most - least));

    public void After(double seconds, Action act) => _events.Enqueue(act, (Clock + seconds, _order++));

    /// <summary>A message: it may be lost, doubled or late.</summary>
    public void Send(Action deliver)
    {
        if (Strikes(0.1)) return;
        After(Delay(), deliver);
        if (Strikes(0.1)) After(Delay() + Between(0, 60), deliver);
    }

    /// <summary>
    /// A client's call: it may be lost or slow, but it does not come after the client has given it up, since the runtime drops calls that are older
    /// than their response timeout.
    /// </summary>
    public void Ask(Action deliver)
    {
        if (!Strikes(0.2)) After(Strikes(0.1) ? Between(1, 25) : Between(0.001, 0.05), deliver);
    }

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

    private double Delay() => Strikes(0.1) ? Between(1, 45) : Between(0.001, 0.05);
}
