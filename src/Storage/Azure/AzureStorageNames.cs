namespace Ptune.Storage.Azure;

/// <summary>What the cluster's account holds.</summary>
internal static class AzureStorageNames
{
    public const string BlobContainer = "ptune-blobs";
    public const string StateContainer = "ptune-states";
    public const string CatalogTable = "ptunecatalog";

    /// <summary>A table of its own: who may remove the catalog's rows need not be able to remove these.</summary>
    public const string AuditTable = "ptuneaudit";
}
