using System.Text.Json.Serialization;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Jobs;

/// <summary>A job as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ptune.JobView")]
public sealed record JobView
{
    [Id(0)] public required string JobId { get; init; }

    [Id(1)] public required string Kind { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public required JobStatus Status { get; init; }

    /// <summary>Grows by one with every change.</summary>
    [Id(4)] public required long Version { get; init; }

    /// <summary>The number of the current or last attempt; 0 before the first.</summary>
    [Id(5)] public required long Epoch { get; init; }

    [Id(6)] public required JobSpec Spec { get; init; }

    [Id(7)] public required string Pool { get; init; }

    [Id(8)] public required int Priority { get; init; }

    [Id(9)] public required string[] Askers { get; init; }

    [Id(10)] public string? Worker { get; init; }

    [Id(11)] public JobProgress? Progress { get; init; }

    [Id(12)] public StoredCheckpoint? Checkpoint { get; init; }

    [Id(13)] public JobResult? Result { get; init; }

    [Id(14)] public FailureCause? Cause { get; init; }

    /// <summary>Why it failed or waits, in words.</summary>
    [Id(15)] public string? Message { get; init; }

    /// <summary>Attempts that failed since the last submit.</summary>
    [Id(16)] public int Failures { get; init; }

    [Id(17)] public required DateTimeOffset Created { get; init; }

    [Id(18)] public DateTimeOffset? Started { get; init; }

    [Id(19)] public DateTimeOffset? Ended { get; init; }

    /// <summary>The transitions, oldest first. Of very many the first and the last are kept: <see cref="TimelineDropped"/>.</summary>
    [Id(20)] public required JobEvent[] Timeline { get; init; }

    /// <summary>A queued job's next attempt begins no earlier; null: as soon as a worker is free.</summary>
    [Id(21)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Ids of the workers that it is not given to again.</summary>
    [Id(22)] public string[] ExcludedWorkers { get; init; } = [];

    /// <summary>How many transitions between the first and the last are no longer known.</summary>
    [Id(23)] public long TimelineDropped { get; init; }

    /// <summary>In how many parts the next attempt computes each batch, since earlier ones ran out of memory; 1: whole.</summary>
    [Id(24)] public int BatchParts { get; init; } = 1;

    /// <summary>The step that the current or last attempt went on from; null before the first, and where it began under an earlier version.</summary>
    [Id(25)] public long? StartStep { get; init; }

    /// <summary>What is known of the last failure since the last submit, for programs; null: none, nothing, or a result came after it.</summary>
    [Id(26)] public FailureDetails? Failure { get; init; }

    /// <summary>For the pool: the slot's request that the current lease was granted to, until its worker is heard of; null: nobody's, or the worker has been.</summary>
    [Id(27), JsonIgnore] public SlotRequest? Undelivered { get; init; }

    /// <summary>How long the current attempt has run, measured by the server; null where nobody runs it, or where the server was not there when it began.</summary>
    [Id(28)] public TimeSpan? Running { get; init; }

    /// <summary>The memory that it is likely to take, in bytes, as known when it was queued. Its pool reserves it unless the spec says how much is needed. Null: not known.</summary>
    [Id(29)] public long? EstimatedMemoryBytes { get; init; }

    /// <summary>The names of those who have submitted it, where callers have names.</summary>
    [Id(40)] public string[] Submitters { get; init; } = [];
}
