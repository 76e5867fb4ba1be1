using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Artifacts;

/// <summary>Names in the blob store. Content is named by its digest; what an attempt writes is named by its epoch.</summary>
public static class BlobNames
{
    public const string Checkpoints = "checkpoints/";
    public const string Logs = "logs/";
    public const string Contents = "content/";

    /// <summary>Parts of uploads that are not whole yet.</summary>
    public const string UploadPieces = "uploads/pieces/";

    /// <summary>One empty blob for each upload that is whole; its bytes are content.</summary>
    public const string Uploads = "uploads/whole/";

    /// <summary>A file of an artifact, or a manifest.</summary>
    public static string Content(string digest) => $"{Contents}{Digest.Hex(digest)[..2]}/{Digest.Hex(digest)}";

    public static string CheckpointsOf(string jobId) => $"{Checkpoints}{jobId}/";

    public static string Checkpoint(string jobId, long epoch, long step) => $"{CheckpointsOf(jobId)}{epoch:D6}-{step:D12}.safetensors";

    /// <summary>The log of one attempt, in pieces that are written once each.</summary>
    public static string LogsOf(string jobId, long epoch) => $"{Logs}{jobId}/{epoch:D6}/";

    public static string Log(string jobId, long epoch, int piece) => $"{LogsOf(jobId, epoch)}{piece:D8}.log";

    public static string UploadPiecesOf(string tenant, string sha256) => $"{UploadPieces}{tenant}/{sha256}/";

    /// <summary>A part of an upload, with the length of the whole, in bytes.</summary>
    public static string UploadPiece(string tenant, string sha256, long total, long offset) => $"{UploadPiecesOf(tenant, sha256)}{total:D15}-{offset:D15}";

    public static string UploadsOf(string tenant) => $"{Uploads}{tenant}/";

    public static string Upload(string tenant, string sha256, long bytes) => $"{UploadsOf(tenant)}{sha256}-{bytes:D15}";
}
