using System.Globalization;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Uploads;

/// <summary>An upload whose bytes are content of the store.</summary>
/// <param name="Name">The blob that says so.</param>
/// <param name="Sha256">The digest of the bytes, 64 hexadecimal digits.</param>
/// <param name="Bytes">Their number.</param>
/// <param name="Asked">When a client last asked for it.</param>
public readonly record struct WholeUpload(string Name, string Tenant, string Sha256, long Bytes, DateTimeOffset Asked)
{
    /// <summary>Null where the blob is none that says so.</summary>
    internal static WholeUpload? Of(BlobEntry blob) =>
        blob.Name.StartsWith(BlobNames.Uploads, StringComparison.Ordinal) && blob.Name[BlobNames.Uploads.Length..].Split('/') is [var tenant, var file]
        && file.Split('-') is [{ Length: 64 } sha256, var bytes] && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new WholeUpload(blob.Name, tenant, sha256, length, blob.Created)
            : null;
}
