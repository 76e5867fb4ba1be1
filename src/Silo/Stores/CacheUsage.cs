using Ptune.Contracts.Http;

namespace Ptune.Silo.Stores;

/// <summary>How much lies in the cache of the worker that lives in this process, kind by kind.</summary>
internal static class CacheUsage
{
    // Links in the cache lead into the store, which is counted already.
    private static readonly EnumerationOptions Files = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <param name="folder">The cache.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <returns>What was fetched, and then what can be made again; what there is nothing of is left out.</returns>
    public static IReadOnlyList<StoreUsageRow> Of(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return [];
        string[] kinds = [StoreKinds.WorkerCache, .. RemakableFiles.Folders.Select(part => part.Kind)];
        string[] parts = [.. RemakableFiles.Folders.Select(part => Path.GetFullPath(Path.Combine(folder, part.Folder)))];
        var rows = kinds.Select(kind => new StoreUsageRow(kind, 0, 0)).ToArray();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Files))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var length = file.Length;
                // Of what can be made again, locks are no things of their own.
                var kind = Array.IndexOf(parts, file.DirectoryName) + 1;
                if (kind == 0 || length > 0) rows[kind] = rows[kind] with { Count = rows[kind].Count + 1, Bytes = rows[kind].Bytes + length };
            }
            catch (FileNotFoundException)
            {
                // The worker has removed it meanwhile.
            }
        }
        return [.. rows.Where(row => row.Count > 0)];
    }
}
