using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Sweeps;

/// <summary>A sweep as it is stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.SweepState")]
public sealed record SweepState : IGraphState<SweepState>
{
    [Id(0)] public required string SweepId { get; init; }

    [Id(1)] public required string Tenant { get; init; }

    [Id(2)] public required SweepSpec Spec { get; init; }

    /// <summary>Digests of the aliases that the job names, as they were at the submit.</summary>
    [Id(3)] public Dictionary<string, string> Resolved { get; init; } = [];

    [Id(4)] public string? Nonce { get; init; }

    [Id(5)] public required JobStatus Status { get; init; }

    [Id(6)] public required long Version { get; init; }

    /// <summary>The jobs of the trials that have begun, each once, however many trials share it.</summary>
    [Id(7)] public StudyCellState[] Cells { get; init; } = [];

    /// <summary>The trials that have begun, in the order of their numbers.</summary>
    [Id(8)] public SweepTrialState[] Trials { get; init; } = [];

    /// <summary>How many examples the figures are over; 0 before the first.</summary>
    [Id(9)] public long N { get; init; }

    [Id(10)] public string? Message { get; init; }

    [Id(11)] public required DateTimeOffset Created { get; init; }

    [Id(12)] public required DateTimeOffset Updated { get; init; }

    /// <summary>When it was last submitted.</summary>
    [Id(13)] public required DateTimeOffset Submitted { get; init; }

    [Id(14)] public DateTimeOffset? Ended { get; init; }

    [Id(15)] public Outbox Outbox { get; init; } = Outbox.Empty;

    /// <summary>The names of those who have submitted it, where callers have names.</summary>
    [Id(30)] public string[] Submitters { get; init; } = [];

    /// <summary>The device time that its jobs are likely to take, in seconds by their ids, as known when it was submitted; null: nobody has asked.</summary>
    [Id(31)] public Dictionary<string, double>? Estimates { get; init; }

    /// <summary>What its rungs from the second on may take, as known when it was submitted; null: nobody has asked.</summary>
    [Id(32)] public SweepRungCost[]? Later { get; init; }

    internal SweepSubmission Submission => new(Tenant, Spec, Resolved, Nonce);

    internal JobGraph Graph => new(Cells, Outbox, Askers.Sweep(SweepId), Submitted);

    /// <summary>The same object when the graph has not changed.</summary>
    internal SweepState With(JobGraph graph) =>
        ReferenceEquals(graph.Cells, Cells) && ReferenceEquals(graph.Outbox, Outbox) ? this : this with { Cells = graph.Cells, Outbox = graph.Outbox };

    JobGraph IGraphState<SweepState>.Graph => Graph;

    JobRow IGraphState<SweepState>.Row => GraphRows.Row(SweepId, Tenant, GraphKinds.Sweep, Spec, Status, Created, Updated, Version);

    long IStoredState<SweepState>.Version => Version;

    bool IStoredState<SweepState>.IsAtRest => Status.IsFinal;

    SweepState IStoredState<SweepState>.WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };

    SweepState IStoredState<SweepState>.Shift(TimeSpan step) => Status.IsFinal ? this : this with { Submitted = Submitted + step };
}
