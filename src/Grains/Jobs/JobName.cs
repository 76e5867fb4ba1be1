namespace Ptune.Grains.Jobs;

/// <summary>A name under which the job's artifact is to be published.</summary>
/// <param name="Alias">NAME@VERSION.</param>
/// <param name="Move">Whether it may be taken from another artifact.</param>
[GenerateSerializer, Alias("ptune.JobName")]
public sealed record JobName(string Alias, bool Move);
