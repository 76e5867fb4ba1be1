using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Jobs;

/// <summary>How many attempts in a row failed for one cause.</summary>
[GenerateSerializer, Alias("ptune.CauseCount")]
public sealed record CauseCount(FailureCause Cause, int Count);
