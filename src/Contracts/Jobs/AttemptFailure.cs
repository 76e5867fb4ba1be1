namespace Ptune.Contracts.Jobs;

/// <summary>An attempt's end without a result.</summary>
[GenerateSerializer, Alias("ptune.AttemptFailure")]
public sealed record AttemptFailure(string WorkerId, long Epoch, FailureCause Cause, string Message);
