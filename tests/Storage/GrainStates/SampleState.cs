using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Storage.Tests.GrainStates;

/// <summary>A state such as grains keep: nested records, a polymorphic spec, times, numbers, what is null.</summary>
[GenerateSerializer, Alias("ptune.tests.SampleState")]
public sealed record SampleState
{
    [Id(0)] public long Number { get; init; }

    [Id(1)] public JobSpec? Spec { get; init; }

    [Id(2)] public DateTimeOffset? Created { get; init; }

    [Id(3)] public Dictionary<string, double> Metrics { get; init; } = [];

    [Id(4)] public string[] Askers { get; init; } = [];

    [Id(5)] public JobStatus Status { get; init; }

    [Id(6)] public StoredCheckpoint? Checkpoint { get; init; }

    [Id(7)] public TimeSpan Lease { get; init; }
}
