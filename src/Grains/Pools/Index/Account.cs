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
}
