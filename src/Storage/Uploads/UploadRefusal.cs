namespace Ptune.Storage.Uploads;

/// <summary>Why bytes of an upload were not taken.</summary>
public enum UploadRefusal
{
    None,

    /// <summary>They do not begin where the bytes end that are there. A client asks what is there and goes on from that.</summary>
    WrongOffset,

    /// <summary>Earlier bytes of this digest were said to be of a file of another length.</summary>
    OtherTotal,

    /// <summary>The file is larger than an upload may be.</summary>
    TooLarge,

    /// <summary>The tenant's uploads would be more than its quota.</summary>
    OverQuota,

    /// <summary>All bytes have arrived, but their digest is another one. None was kept.</summary>
    WrongDigest,
}
