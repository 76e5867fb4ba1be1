using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>A study as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ptune.StudyView")]
public sealed record StudyView : IGraphView
{
    [Id(0)] public required string StudyId { get; init; }

    [Id(1)] public required string Name { get; init; }

    /// <summary>Running, Cancelling, Succeeded, Failed or Cancelled.</summary>
    [Id(2)] public required JobStatus Status { get; init; }

    [Id(3)] public required long Version { get; init; }

    [Id(4)] public required IStudySpec Spec { get; init; }

    [Id(5)] public required StudyCell[] Cells { get; init; }

    /// <summary>The comparison, once every cell has its result.</summary>
    [Id(6)] public StudyResult? Result { get; init; }

    [Id(7)] public string? Message { get; init; }

    [Id(8)] public required DateTimeOffset Created { get; init; }

    [Id(9)] public DateTimeOffset? Ended { get; init; }

    /// <summary>The names of those who have submitted it, where callers have names.</summary>
    [Id(20)] public string[] Submitters { get; init; } = [];

    /// <summary>The digests of the names in the spec, as they stood when it was submitted: a name may have been moved since.</summary>
    [Id(21)] public Dictionary<string, string> Resolved { get; init; } = [];
}
