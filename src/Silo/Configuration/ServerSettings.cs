namespace Ptune.Silo.Configuration;

/// <summary>The whole configuration, checked.</summary>
internal sealed record ServerSettings(
    ServerMode Mode, HttpOptions Http, OrleansOptions Orleans, StorageOptions Storage)
{
    public bool IsEmbedded => Mode == ServerMode.Embedded;

    /// <summary>The embedded store's folder, absolute.</summary>
    public string Folder => Path.GetFullPath(Storage.Folder);
}
