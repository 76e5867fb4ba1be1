using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Artifacts;

/// <summary>Names in the blob store. Content is named by its digest; what an attempt writes is named by its epoch.</summary>
public static class BlobNames
{
    public const string Checkpoints = "checkpoints/";
    public const string Logs = "logs/";

    /// <summary>A file of an artifact, or a manifest.</summary>
    public static string Content(string digest) => $"content/{Digest.Hex(digest)[..2]}/{Digest.Hex(digest)}";

    public static string CheckpointsOf(string jobId) => $"{Checkpoints}{jobId}/";

    public static string Checkpoint(string jobId, long epoch, long step) => $"{CheckpointsOf(jobId)}{epoch:D6}-{step:D12}.safetensors";

    /// <summary>The log of one attempt, in pieces that are written once each.</summary>
    public static string LogsOf(string jobId, long epoch) => $"{Logs}{jobId}/{epoch:D6}/";

    public static string Log(string jobId, long epoch, int piece) => $"{LogsOf(jobId, epoch)}{piece:D8}.log";
}
