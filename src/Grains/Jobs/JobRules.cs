using Ptune.Grains.Hosting;

namespace Ptune.Grains.Jobs;

/// <summary>The settings that a job's decisions depend on.</summary>
/// <param name="LeaseDuration">How long a lease lasts after the last accepted heartbeat.</param>
/// <param name="TimelineLength">How many transitions are remembered.</param>
internal sealed record JobRules(TimeSpan LeaseDuration, int TimelineLength)
{
    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;

    /// <summary>How long a worker may take to stop a job.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromMinutes(2);

    public static JobRules Of(JobsOptions options) =>
        new(options.LeaseDuration, options.TimelineLength) { Retries = RetryPolicy.Of(options), StopGrace = options.StopGrace };
}
