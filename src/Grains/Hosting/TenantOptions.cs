namespace Ptune.Grains.Hosting;

/// <summary>What a tenant may have of each pool.</summary>
public sealed class TenantOptions
{
    /// <summary>Its share of a pool while others of the same priority also wait, relative to their weights. Default: 1.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>How many of its jobs may run in a pool at a time; further ones wait in the queue. Default: null, no limit.</summary>
    public int? MaxRunning { get; set; }

    /// <summary>
    /// How many of its jobs may wait in a pool's queue at a time; further ones are refused at submit, and those of a study or sweep wait there. Default: null,
    /// no limit.
    /// </summary>
    public int? MaxQueued { get; set; }

    /// <summary>The device-hours that its jobs may take in a calendar month, UTC; a submit that needs more than what is left is refused. Default: null, no limit.</summary>
    public double? Budget { get; set; }
}
