using Ptune.Contracts.Jobs;

namespace Ptune.Learning.Tuning;

/// <summary>What surrounds a training run: who it is, who is told, and who may stop it.</summary>
internal sealed record TrainingControl
{
    /// <summary>What a checkpoint must be of to be taken up.</summary>
    public required CheckpointIdentity Identity { get; init; }

    /// <summary>Where checkpoints are written; at most one is kept.</summary>
    public required string Folder { get; init; }

    public Action<string, long>? OnCheckpoint { get; init; }

    public Action<JobProgress>? OnProgress { get; init; }

    public CancellationToken Stop { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
