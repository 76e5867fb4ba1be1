namespace Ptune.Grains.Pools.Index;

/// <summary>A tenant in a pool: what it may have, and what it has.</summary>
internal sealed class Account(string name, double weight, int? maxRunning, int? maxQueued)
{
    public string Name => name;

    public double Weight => weight;

    public int? MaxRunning => maxRunning;

    public int? MaxQueued => maxQueued;

    public int Queued { get; set; }

    /// <summary>Leased, or being offered.</summary>
    public int Running { get; set; }

    /// <summary>What its running jobs have one each of; null: it may run as many as it likes.</summary>
    public Permits? Permits { get; } = maxRunning is { } most ? new Permits(most) : null;

    /// <summary>Running, or in the way of as many more by jobs that the pool does not know to run.</summary>
    public int Taken => Running + (Permits?.Elsewhere ?? 0);
}
