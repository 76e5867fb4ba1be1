using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Studies;

/// <summary>A study as it is stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.StudyState")]
public sealed record StudyState : IGraphState<StudyState>
{
    [Id(0)] public required string StudyId { get; init; }

    [Id(1)] public required string Tenant { get; init; }

    [Id(2)] public required IStudySpec Spec { get; init; }

    /// <summary>Digests of the aliases that the spec names, as they were at the submit.</summary>
    [Id(3)] public Dictionary<string, string> Resolved { get; init; } = [];

    [Id(4)] public string? Nonce { get; init; }

    [Id(5)] public required JobStatus Status { get; init; }

    [Id(6)] public required long Version { get; init; }

    /// <summary>In the plan's order: a cell stands after those that it depends on.</summary>
    [Id(7)] public required StudyCellState[] Cells { get; init; }

    [Id(8)] public StudyResult? Result { get; init; }

    [Id(9)] public string? Message { get; init; }

    [Id(10)] public required DateTimeOffset Created { get; init; }

    [Id(11)] public required DateTimeOffset Updated { get; init; }

    /// <summary>When it was last submitted.</summary>
    [Id(12)] public required DateTimeOffset Submitted { get; init; }

    [Id(13)] public DateTimeOffset? Ended { get; init; }

    [Id(14)] public Outbox Outbox { get; init; } = Outbox.Empty;

    /// <summary>The names of those who have submitted it, where callers have names.</summary>
    [Id(20)] public string[] Submitters { get; init; } = [];

    /// <summary>The device time that its jobs are likely to take, in seconds by their ids, as known when it was submitted; null: nobody has asked.</summary>
    [Id(21)] public Dictionary<string, double>? Estimates { get; init; }

    internal string Asker => Askers.Study(StudyId);

    internal StudySubmission Submission => new(Tenant, Spec, Resolved, Nonce);

    internal JobGraph Graph => new(Cells, Outbox, Asker, Submitted);

    internal JobCounts Counts() => Graph.Counts();

    /// <summary>The same object when the graph has not changed.</summary>
    internal StudyState With(JobGraph graph) =>
        ReferenceEquals(graph.Cells, Cells) && ReferenceEquals(graph.Outbox, Outbox) ? this : this with { Cells = graph.Cells, Outbox = graph.Outbox };

    JobGraph IGraphState<StudyState>.Graph => Graph;

    JobRow IGraphState<StudyState>.Row => GraphRows.Row(StudyId, Tenant, GraphKinds.Study, (Spec)Spec, Status, Created, Updated, Version);

    long IStoredState<StudyState>.Version => Version;

    bool IStoredState<StudyState>.IsAtRest => Status.IsFinal;

    StudyState IStoredState<StudyState>.WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };

    StudyState IStoredState<StudyState>.Shift(TimeSpan step) => Status.IsFinal ? this : this with { Submitted = Submitted + step };
}
