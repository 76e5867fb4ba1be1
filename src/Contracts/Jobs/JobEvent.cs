namespace Ptune.Contracts.Jobs;

/// <summary>One transition of a job: when, to what, in which epoch and why.</summary>
[GenerateSerializer, Alias("ptune.JobEvent")]
public sealed record JobEvent(DateTimeOffset At, JobStatus Status, long Epoch, string Why);
