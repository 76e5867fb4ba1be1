using Ptune.Contracts.Http;

namespace Ptune.Silo.Stores;

/// <summary>
/// Removes hidden states of frozen models that no job has read for some time, from the cache of the worker that lives in this process. A job that has opened one keeps it, and one
/// that no longer finds it computes it again.
/// </summary>
internal static class StateCleaning
{
    // Where executors keep them, below the worker's cache.
    private static readonly string Folder = Path.Combine("data", "states");

    /// <param name="cache">The worker's cache.</param>
    /// <param name="cutoff">What was read since then stays.</param>
    /// <param name="isDryRun">Removals are only counted.</param>
    /// <returns>What was removed; null: nothing.</returns>
    public static StoreUsageRow? Clean(string cache, DateTimeOffset cutoff, bool isDryRun)
    {
        var folder = new DirectoryInfo(Path.Combine(cache, Folder));
        if (!folder.Exists) return null;
        var (count, bytes) = (0, 0L);
        foreach (var file in folder.EnumerateFiles())
        {
            try
            {
                if (file.LastAccessTimeUtc > cutoff.UtcDateTime) continue;
                var length = file.Length;
                if (!isDryRun) file.Delete();
                // Locks are empty.
                if (length > 0) (count, bytes) = (count + 1, bytes + length);
            }
            catch (FileNotFoundException)
            {
                // The worker has removed it meanwhile.
            }
        }
        return count == 0 ? null : new StoreUsageRow(StoreKinds.HiddenStates, count, bytes);
    }
}
