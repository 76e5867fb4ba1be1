using Ptune.Contracts.Http;

namespace Ptune.Silo.Stores;

/// <summary>
/// Removes what no job has read for some time of <see cref="RemakableFiles"/>, from the cache of the worker that lives in this process. A job that has opened a file keeps it, and one
/// that no longer finds it makes it again.
/// </summary>
internal static class CacheCleaning
{
    private const string Lock = ".lock";

    /// <param name="cache">The worker's cache.</param>
    /// <param name="cutoff">What was read since then stays.</param>
    /// <param name="isDryRun">Removals are only counted.</param>
    /// <returns>What was removed, kind by kind; kinds of which nothing was are left out.</returns>
    public static IReadOnlyList<StoreUsageRow> Clean(string cache, DateTimeOffset cutoff, bool isDryRun) =>
        [.. RemakableFiles.Folders.Select(part => Clean(new DirectoryInfo(Path.Combine(cache, part.Folder)), part.Kind, cutoff, isDryRun)).Where(row => row.Count > 0)];

    private static StoreUsageRow Clean(DirectoryInfo folder, string kind, DateTimeOffset cutoff, bool isDryRun)
    {
        var (count, bytes) = (0, 0L);
        foreach (var file in folder.Exists ? folder.EnumerateFiles() : [])
        {
            try
            {
                if (file.LastAccessTimeUtc > cutoff.UtcDateTime) continue;
                var length = file.Length;
                if (!isDryRun && !Remove(file)) continue;
                // Locks are empty.
                if (length > 0) (count, bytes) = (count + 1, bytes + length);
            }
            catch (FileNotFoundException)
            {
                // The worker has removed it meanwhile.
            }
        }
        return new StoreUsageRow(kind, count, bytes);
    }

    private static bool Remove(FileInfo file)
    {
        // A lock that is held belongs to an executor that is making a file: without it a second one would write the same file.
        using var held = file.Extension == Lock ? TakeLock(file) : null;
        if (file.Extension == Lock && held is null) return false;
        file.Delete();
        return true;
    }

    private static FileStream? TakeLock(FileInfo file)
    {
        try
        {
            return file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not FileNotFoundException)
        {
            return null;
        }
    }
}
