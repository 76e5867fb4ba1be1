namespace Ptune.Storage.Embedded;

/// <summary>What lies where in the folder of an embedded store.</summary>
internal static class StoreFolder
{
    public static string Database(string folder) => Path.Combine(folder, "store.db");

    public static string Blobs(string folder) => Path.Combine(folder, "blobs");

    /// <summary>The one way that a folder that is full or cannot be written is reported.</summary>
    public static IOException Failure(string folder, Exception cause) => new($"The store in '{folder}' cannot be written: {cause.Message}", cause);
}
