using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>A job as it is stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.JobState")]
public sealed record JobState : IStoredState<JobState>
{
    [Id(0)] public required string JobId { get; init; }

    [Id(1)] public required JobSpec Spec { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public required JobStatus Status { get; init; }

    [Id(4)] public required long Version { get; init; }

    /// <summary>The number of the current or last attempt. It only ever grows, and fences everything that an attempt writes.</summary>
    [Id(5)] public long Epoch { get; init; }

    [Id(6)] public JobAsker[] Askers { get; init; } = [];

    /// <summary>Who has, or had last, the lease.</summary>
    [Id(7)] public string? Worker { get; init; }

    /// <summary>When the lease ends unless it is renewed; null when nobody has it.</summary>
    [Id(8)] public DateTimeOffset? LeaseExpires { get; init; }

    /// <summary>When the lease's renewal was last written to the store.</summary>
    [Id(9)] public DateTimeOffset? LeaseStored { get; init; }

    [Id(10)] public JobProgress? Progress { get; init; }

    [Id(11)] public StoredCheckpoint? Checkpoint { get; init; }

    [Id(12)] public JobResult? Result { get; init; }

    [Id(13)] public FailureCause? Cause { get; init; }

    [Id(14)] public string? Message { get; init; }

    /// <summary>Attempts that failed since the last start.</summary>
    [Id(15)] public int Failures { get; init; }

    [Id(16)] public required DateTimeOffset Created { get; init; }

    [Id(17)] public required DateTimeOffset Updated { get; init; }

    [Id(18)] public DateTimeOffset? Started { get; init; }

    [Id(19)] public DateTimeOffset? Ended { get; init; }

    [Id(20)] public JobEvent[] Timeline { get; init; } = [];

    /// <summary>Role to the artifact's digest; null while an input is being made.</summary>
    [Id(21)] public Dictionary<string, string>? Inputs { get; init; }

    [Id(22)] public Outbox Outbox { get; init; } = Outbox.Empty;

    /// <summary>The next attempt begins no earlier: the back-off after a failure; null: at once.</summary>
    [Id(23)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Ids of the workers that it is not given to again.</summary>
    [Id(24)] public string[] ExcludedWorkers { get; init; } = [];

    /// <summary>Failures since the last progress, by cause.</summary>
    [Id(25)] public CauseCount[] InARow { get; init; } = [];

    /// <summary>The furthest step that was kept when an attempt failed: a later failure is in a row with it unless more has been kept since.</summary>
    [Id(26)] public long KeptAtFailure { get; init; }

    /// <summary>In how many parts the next attempt computes each batch; below 2: whole.</summary>
    [Id(27)] public int BatchParts { get; init; } = 1;

    /// <summary>When the time began that the spec's deadline limits: with the first lease after a submit or a suspension.</summary>
    [Id(28)] public DateTimeOffset? ActiveSince { get; init; }

    /// <summary>When the worker was asked to stop; null when it was not.</summary>
    [Id(29)] public DateTimeOffset? StopAsked { get; init; }

    /// <summary>Transitions that the timeline no longer holds.</summary>
    [Id(30)] public long TimelineDropped { get; init; }

    /// <summary>The step that the current or last attempt went on from; null: unknown.</summary>
    [Id(31)] public long? StartStep { get; init; }

    /// <summary>What is known of the last failure; null: none, or nothing.</summary>
    [Id(32)] public FailureDetails? Failure { get; init; }

    /// <summary>The permit of its tenant's quota that the current or last attempt has; null: none is needed.</summary>
    [Id(33)] public int? Permit { get; init; }

    /// <summary>The slot's request that the current or last lease was granted to; null: an earlier version's worker made none, or the lease was taken back undelivered.</summary>
    [Id(34)] public SlotRequest? GrantedTo { get; init; }

    /// <summary>The names under which its askers want the artifact published.</summary>
    [Id(35)] public JobName[] Names { get; init; } = [];

    /// <summary>The memory that it is likely to take, in bytes, as known when it was queued; null: not known.</summary>
    [Id(36)] public long? EstimatedMemory { get; init; }

    /// <summary>The trace of the submit that began it, as a W3C traceparent; null: it was not traced.</summary>
    [Id(38)] public string? Trace { get; init; }

    /// <summary>The names of those who have submitted it, where callers have names.</summary>
    [Id(40)] public string[] Submitters { get; init; } = [];

    /// <summary>When the current attempt's lease began; null when nobody has one, or an earlier version gave it.</summary>
    [Id(50)] public DateTimeOffset? LeaseBegan { get; init; }

    /// <summary>The device time that it is likely to take, in seconds, as known when it was submitted; null: not known.</summary>
    [Id(51)] public double? EstimatedSeconds { get; init; }

    /// <summary>The highest priority asked.</summary>
    internal int Priority => Askers.Length == 0 ? Spec.Scheduling.Priority : Askers.Max(a => a.Priority);

    long IStoredState<JobState>.Version => Version;

    bool IStoredState<JobState>.IsAtRest => Status.IsFinal;

    JobState IStoredState<JobState>.WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };

    JobState IStoredState<JobState>.Shift(TimeSpan step) => this with
    {
        LeaseExpires = LeaseExpires + step,
        LeaseStored = LeaseStored + step,
        LeaseBegan = LeaseBegan + step,
        NotBefore = NotBefore + step,
        ActiveSince = ActiveSince + step,
        StopAsked = StopAsked + step,
    };
}
