namespace Ptune.Storage.Uploads;

/// <summary>How large uploads may be, in bytes.</summary>
/// <param name="File">One file.</param>
/// <param name="Tenant">All of a tenant's that are in the store, whole or not; null: any number.</param>
/// <param name="Piece">The longest part that is stored by itself: so much is sent again at most when the server dies.</param>
public sealed record UploadLimits(long File = UploadLimits.DefaultFile, long? Tenant = null, long Piece = UploadLimits.DefaultPiece)
{
    public const long DefaultFile = 256L << 30;
    public const long DefaultPiece = 64L << 20;

    /// <summary>Whether a tenant may use only content that it has sent itself, so that a digest that it has heard of is not enough. Default: no.</summary>
    public bool OwnOnly { get; init; }
}
