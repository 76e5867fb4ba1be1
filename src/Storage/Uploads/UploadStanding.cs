namespace Ptune.Storage.Uploads;

/// <summary>How much of an upload is there.</summary>
/// <param name="Bytes">Bytes from the first on.</param>
/// <param name="Total">The length of the whole; null where nothing is there.</param>
/// <param name="IsComplete">All is there, and its digest is right.</param>
public readonly record struct UploadStanding(long Bytes, long? Total, bool IsComplete)
{
    public static UploadStanding Complete(long total) => new(total, total, IsComplete: true);
}
