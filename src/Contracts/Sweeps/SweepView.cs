using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Sweeps;

/// <summary>A sweep as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ptune.SweepView")]
public sealed record SweepView : IGraphView
{
    [Id(0)] public required string SweepId { get; init; }

    [Id(1)] public required string Name { get; init; }

    /// <summary>Running, Cancelling, Succeeded, Failed or Cancelled. It succeeds when at least one trial has a figure.</summary>
    [Id(2)] public required JobStatus Status { get; init; }

    [Id(3)] public required long Version { get; init; }

    [Id(4)] public required SweepSpec Spec { get; init; }

    /// <summary>The trials that have begun, in their order.</summary>
    [Id(5)] public required SweepTrial[] Trials { get; init; }

    /// <summary>The jobs of the trials that have begun.</summary>
    [Id(6)] public required StudyCell[] Cells { get; init; }

    /// <summary>How many trials there are to be.</summary>
    [Id(7)] public required int Total { get; init; }

    /// <summary>The number of the best trial so far; null before the first figure.</summary>
    [Id(8)] public int? Best { get; init; }

    /// <summary>What was found, once the sweep has succeeded.</summary>
    [Id(9)] public SweepResult? Result { get; init; }

    /// <summary>Why it failed; or, of one that succeeded, which trials did not.</summary>
    [Id(10)] public string? Message { get; init; }

    [Id(11)] public required DateTimeOffset Created { get; init; }

    [Id(12)] public DateTimeOffset? Ended { get; init; }

    /// <summary>The names of those who have submitted it, where callers have names.</summary>
    [Id(20)] public string[] Submitters { get; init; } = [];

    /// <summary>The digests of the names in the spec, as they stood when it was submitted: a name may have been moved since.</summary>
    [Id(21)] public Dictionary<string, string> Resolved { get; init; } = [];
}
