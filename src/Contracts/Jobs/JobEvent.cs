namespace Ptune.Contracts.Jobs;

/// <summary>One transition of a job: when, to what, in which epoch and why.</summary>
/// <param name="Cause">What it was due to, where a failure, a person or a preemption was behind it.</param>
/// <param name="ExitCode">Of a failed attempt: see <see cref="FailureDetails"/>.</param>
/// <param name="Signal">Of a failed attempt: see <see cref="FailureDetails"/>.</param>
[GenerateSerializer, Alias("ptune.JobEvent")]
public sealed record JobEvent(DateTimeOffset At, JobStatus Status, long Epoch, string Why, FailureCause? Cause = null, int? ExitCode = null, string? Signal = null);
