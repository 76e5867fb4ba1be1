namespace Ptune.Grains.Jobs;

/// <summary>The settings that a job's decisions depend on.</summary>
/// <param name="LeaseDuration">How long a lease lasts after the last accepted heartbeat.</param>
/// <param name="TimelineLength">How many transitions are remembered.</param>
internal sealed record JobRules(TimeSpan LeaseDuration, int TimelineLength);
