namespace Ptune.Storage.Uploads;

/// <summary>What has arrived is another file than was announced. It is no IOException: nobody should try again.</summary>
internal sealed class UploadDigestException(string found) : Exception($"The digest of what has arrived is {found}.")
{
    public string Found { get; } = found;
}
