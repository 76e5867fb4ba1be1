namespace Ptune.Contracts.Jobs;

/// <summary>An attempt's progress.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="TotalSteps">Steps in all.</param>
/// <param name="Loss">Mean training loss of the last steps, in nats; null where there is none.</param>
/// <param name="ExamplesPerSecond">Rate of the last steps.</param>
/// <param name="Written">What a generation has written so far; null for other jobs.</param>
[GenerateSerializer, Alias("ptune.JobProgress")]
public sealed record JobProgress(long Step, long TotalSteps, double? Loss, double ExamplesPerSecond, WrittenText? Written = null);
