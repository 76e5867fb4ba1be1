using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Jobs;

/// <summary>An attempt's end without a result.</summary>
/// <param name="Message">What went wrong, in words: the exit signal and the last log lines where the executor died.</param>
/// <param name="Rule">The rule of the spec that matched one of its last log lines; null: none.</param>
/// <param name="Details">The same for programs; null from workers of an earlier version.</param>
[GenerateSerializer, Immutable, Alias("ptune.AttemptFailure")]
public sealed record AttemptFailure(string WorkerId, long Epoch, FailureCause Cause, string Message, LogRule? Rule = null, FailureDetails? Details = null);
