namespace Ptune.Storage.Azure;

/// <summary>What the cluster's account holds.</summary>
internal static class AzureStorageNames
{
    public const string BlobContainer = "ptune-blobs";
    public const string StateContainer = "ptune-states";
    public const string CatalogTable = "ptunecatalog";
}
