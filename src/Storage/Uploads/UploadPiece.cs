using System.Globalization;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Uploads;

/// <summary>A stored part of an upload.</summary>
/// <param name="Name">The blob.</param>
/// <param name="Total">The length of the whole.</param>
/// <param name="Offset">Where the part begins.</param>
/// <param name="Bytes">Its length.</param>
internal readonly record struct UploadPiece(string Name, long Total, long Offset, long Bytes)
{
    public long End => Offset + Bytes;

    /// <summary>Null where the name is that of no part.</summary>
    public static UploadPiece? Of(BlobEntry blob) =>
        blob.Name[(blob.Name.LastIndexOf('/') + 1)..].Split('-') is [var total, var offset]
        && long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new UploadPiece(blob.Name, whole, start, blob.Bytes)
            : null;
}
