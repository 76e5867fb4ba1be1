namespace Ptune.Grains.Hosting;

/// <summary>How jobs, pools and workers are looked after.</summary>
public sealed class JobsOptions
{
    /// <summary>
    /// How long a lease lasts after the last accepted heartbeat. Shorter: a dead worker's job goes on sooner. Longer: a worker survives a longer
    /// pause of its network. Workers send a heartbeat at least three times in it. Default: 30 s.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a pool visits every job that is not final. It bounds the delay of everything that was lost or cut short, at the price of one
    /// short call a job. Default: 5 s.
    /// </summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many jobs a pool visits at a time. Default: 32.</summary>
    public int SweepParallelism { get; set; } = 32;

    /// <summary>How long a watcher's call stays open without a change; less than the clients' response timeout. Default: 5 s.</summary>
    public TimeSpan WatchPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A worker that has not been heard of for so long is no longer listed nor waited for. Default: 60 s.</summary>
    public TimeSpan WorkerForgottenAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many jobs that turn out not to be leasable a pool passes over in one call of a worker. Default: 32.</summary>
    public int LeaseTries { get; set; } = 32;

    /// <summary>
    /// How many of the oldest jobs of one priority are looked at for one whose models the worker holds warm. 1 is strict order of arrival.
    /// Default: 16.
    /// </summary>
    public int WarmWindow { get; set; } = 16;

    /// <summary>How many times the oldest job of a priority may be overtaken for the sake of warm models before it goes first. Default: 8.</summary>
    public int WarmOvertakes { get; set; } = 8;

    /// <summary>How many jobs a study submits at a time. Default: 16.</summary>
    public int StudyParallelism { get; set; } = 16;

    /// <summary>How many transitions a job remembers. Default: 200.</summary>
    public int TimelineLength { get; set; } = 200;
}
