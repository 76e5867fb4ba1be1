using Ptune.Grains.Hosting;

namespace Ptune.Grains.Pools.Index;

/// <summary>A tenant in a pool: what it may have, and what it has.</summary>
internal sealed class Account(string name, TenantOptions options)
{
    public string Name => name;

    /// <summary>What it may have. It may change: of jobs that run already, none is stopped.</summary>
    public TenantOptions Options
    {
        get => options;
        set
        {
            options = value;
            if (value.MaxRunning is not { } most) return;
            if (Permits is null) Permits = new Permits(most);
            else Permits.Most = most;
        }
    }

    public double Weight => options.Weight;

    public int? MaxRunning => options.MaxRunning;

    public int? MaxQueued => options.MaxQueued;

    public int Queued { get; set; }

    /// <summary>Leased, or being offered.</summary>
    public int Running { get; set; }

    /// <summary>What its running jobs have one each of; null: there never was a limit.</summary>
    public Permits? Permits { get; private set; } = options.MaxRunning is { } most ? new Permits(most) : null;

    /// <summary>Running, or in the way of as many more by jobs that the pool does not know to run.</summary>
    public int Taken => Running + (Permits?.Elsewhere ?? 0);

    /// <summary>A permit for its next job; null: it may run as many as it likes.</summary>
    public int? NextPermit() => MaxRunning is null ? null : Permits!.Next();
}
