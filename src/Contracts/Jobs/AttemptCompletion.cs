namespace Ptune.Contracts.Jobs;

/// <summary>An attempt's result. Its files and manifest are in the blob store already.</summary>
[GenerateSerializer, Immutable, Alias("ptune.AttemptCompletion")]
public sealed record AttemptCompletion(string WorkerId, long Epoch, JobResult Result);
