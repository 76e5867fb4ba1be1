using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Jobs;

/// <summary>A worker's right to run one attempt, until it expires unrenewed.</summary>
/// <param name="Inputs">Role to artifact digest.</param>
/// <param name="Checkpoint">Where to go on from; null: from the start.</param>
/// <param name="BatchParts">In how many parts each batch is computed, the gradients summed up: earlier attempts ran out of memory. Below 2: whole.</param>
/// <param name="Duration">How long it lasts after each accepted heartbeat; measured on the worker's own clock.</param>
[GenerateSerializer, Immutable, Alias("ptune.Lease")]
public sealed record Lease(string JobId, string Name, long Epoch, JobSpec Spec, Dictionary<string, string> Inputs, StoredCheckpoint? Checkpoint, TimeSpan Duration, int BatchParts = 1)
{
    /// <summary>The trace that the job's spans belong to, as a W3C traceparent; null: none.</summary>
    [Id(0)] public string? Trace { get; init; }
}
