using Ptune.Contracts.Specs;

namespace Ptune.Protocol;

/// <summary>One attempt at a job, everything that it reads laid out on this machine.</summary>
public sealed record RunRequest
{
    public required string JobId { get; init; }

    public required long Epoch { get; init; }

    public required JobSpec Spec { get; init; }

    /// <summary>Each input artifact's folder by its role. They are only read.</summary>
    public required Dictionary<string, string> Inputs { get; init; }

    /// <summary>Each input artifact's digest by its role.</summary>
    public required Dictionary<string, string> InputDigests { get; init; }

    /// <summary>A folder of this attempt alone.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Where data sets are kept between jobs.</summary>
    public required string DataFolder { get; init; }

    /// <summary>What the names in the data set's address stand for.</summary>
    public Dictionary<string, string> Secrets { get; init; } = [];

    /// <summary>The worker's setting Hub:Offline: the Hugging Face hub must not be asked.</summary>
    public bool HubOffline { get; init; }

    /// <summary>A checkpoint file to go on from; null: from the start.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>cpu or cuda:N.</summary>
    public required string Device { get; init; }

    /// <summary>In how many parts each training batch is computed; 1: whole.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>Threads inside one tensor operation.</summary>
    public required int Threads { get; init; }
}
