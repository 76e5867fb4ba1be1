namespace Ptune.Silo.Configuration;

/// <summary>Where state, artifacts, checkpoints and logs are kept.</summary>
internal sealed class StorageOptions
{
    /// <summary>
    /// Embedded: the store's folder, made when missing. Default: <c>.ptune</c> in the current directory, so that a project's store lies with
    /// the project, is seen, and is gone with it. One server at a time may use it.
    /// </summary>
    public string Folder { get; set; } = ".ptune";

    /// <summary>Cluster: the connection string of an Azure Storage account. Default: none; a cluster needs one. It is never logged.</summary>
    public string? ConnectionString { get; set; }
}
