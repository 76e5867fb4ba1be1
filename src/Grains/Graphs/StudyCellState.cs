using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Graphs;

/// <summary>A cell as it is stored. Its spec is not: the plan is made anew from the study's.</summary>
[GenerateSerializer, Alias("ptune.StudyCellState")]
public sealed record StudyCellState
{
    [Id(0)] public required string Key { get; init; }

    [Id(1)] public required string JobId { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public string[] DependsOn { get; init; } = [];

    /// <summary>What its artifact is published as.</summary>
    [Id(4)] public string? Alias { get; init; }

    /// <summary>What the job last said; null until it has answered.</summary>
    [Id(5)] public JobStatus? Status { get; init; }

    /// <summary>The study wants the job, and has not withdrawn.</summary>
    [Id(6)] public bool IsAsked { get; init; }

    /// <summary>The job has answered what the study last said to it, a submit or a cancellation; what it was before is not the study's concern.</summary>
    [Id(7)] public bool IsAnswered { get; init; }

    /// <summary>The result stood in the store when the study asked.</summary>
    [Id(8)] public bool IsReused { get; init; }

    [Id(9)] public string? Message { get; init; }

    /// <summary>The figure of its result that a sweep compares by; null where there is none, or nobody compares.</summary>
    [Id(10)] public double? Figure { get; init; }

    internal bool IsInFlight => IsAsked && Status is not { IsFinal: true };
}
