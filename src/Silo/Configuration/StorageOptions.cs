using System.ComponentModel.DataAnnotations;
using Ptune.Storage.Uploads;

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

    /// <summary>The largest file that a client may send to the store, in bytes. Default: 274877906944 (256 GiB).</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = UploadLimits.DefaultFile;

    /// <summary>
    /// How many bytes of uploads a tenant may have in the store at a time, whole or not. Default: any number, which suits a store that one team uses. Those that no job needs go with
    /// <c>ptune store gc</c>.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? UploadQuotaBytes { get; set; }

    /// <summary>
    /// What is younger is not removed by <c>ptune store gc</c>. Default: 1 day. It must be longer than a worker takes to store the largest artifact, and than a client takes from an upload to the
    /// submit that names it: what is shorter may take something away that is about to be used.
    /// </summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromDays(1);
}
