using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Jobs;

/// <summary>One try at a job, as its executor gives it to <see cref="JobRunner"/>.</summary>
public sealed record JobRun
{
    /// <summary>The job's id: the digest of what it computes. A checkpoint that carries another is refused.</summary>
    public required string JobId { get; init; }

    /// <summary>What to compute.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>The folder of each input artifact, by its role in the spec ("source", "target", ...).</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The digest of each input artifact, by the same roles: a checkpoint goes on only beside the artifacts that it was begun with.</summary>
    public required IReadOnlyDictionary<string, string> InputDigests { get; init; }

    /// <summary>Where fetched data sets are kept between jobs.</summary>
    public required string DataCacheFolder { get; init; }

    /// <summary>
    /// Opens a data set's file at an http(s) address, or throws a <see cref="DataException"/> where asking again would not help, an <see cref="IOException"/> where it may.
    /// Default: nothing is fetched.
    /// </summary>
    public Func<WebFile, Stream>? OpenAddress { get; init; }

    /// <summary>
    /// Fetches a hub's repository into a folder that does not exist or is empty. Default: nothing is fetched.
    /// </summary>
    public Func<HubSource, string, CancellationToken, HubFetch>? FetchRepository { get; init; }

    /// <summary>What the names in data sets' addresses stand for (<see cref="DatasetAddress"/>). Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Secrets { get; init; }

    /// <summary>A folder of this try alone; its <c>output/</c> gets the artifact's files.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>A checkpoint to go on from. Default: none, start afresh.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>cpu, cuda or cuda:N. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of one tensor operation. Results are the same bytes only for the same number. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// In how many parts each training batch is computed, the gradients summed up: less memory, the same effective batch. The sums round in another
    /// order, so the bytes are others than those of whole batches, and the outcome's environment says so. Default: 1, whole.
    /// </summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>
    /// Told of each checkpoint that was written, one after the other, on a thread beside the training. The file stays until the next one is written;
    /// when this returns it must have been read or copied. Default: nobody.
    /// </summary>
    public Action<string, long>? OnCheckpoint { get; init; }

    /// <summary>Told on the training thread about a hundred times a job. Default: nobody.</summary>
    public Action<JobProgress>? OnProgress { get; init; }

    /// <summary>Told of what belongs into the job's log, a line each. Default: nobody.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Asks for a checkpoint and a stop: the outcome is then <see cref="JobOutcome.Stopped"/>.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The clock of rates and times. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
