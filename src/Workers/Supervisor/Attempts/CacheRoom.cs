using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Keeps a worker's cache within its limit: artifacts, files of data sets and what executors keep go when no job has used them for the longest time. What a running attempt named beforehand stays
/// (<see cref="AttemptFolder.Use"/>), also that of other workers that share the cache.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="limit">Bytes; null: none.</param>
/// <param name="time">When files of data sets count as unused.</param>
internal sealed class CacheRoom(string cache, long? limit, TimeProvider time)
{
    // Other workers fill the cache, too, and so do executors.
    private static readonly TimeSpan s_believed = TimeSpan.FromMinutes(5);

    // Fetched files of data sets are found by name when a job begins to read them.
    private static readonly TimeSpan s_recent = TimeSpan.FromHours(1);

    // Files of data sets, and what executors can make again at any time.
    private static readonly string[] s_kinds = ["files", "states", "encodings", "splits", "weights"];

    private readonly Lock _gate = new();
    private readonly string _artifacts = Path.Combine(cache, "artifacts");
    private readonly string _files = Path.Combine(cache, "data", "files");
    private long _left;
    private long? _looked;

    private readonly record struct Entry(string Path, long Bytes, DateTime Used, bool IsArtifact);

    /// <summary>Whether there is a limit; without one nothing needs to be known of what is fetched.</summary>
    public bool IsLimited => limit is not null;

    /// <summary>Makes room for what is about to be fetched; if all that is there is in use, there is less room than asked for.</summary>
    /// <param name="bytes">To be fetched.</param>
    /// <returns>How many entries were removed, and their bytes.</returns>
    public (int Count, long Bytes) Make(long bytes)
    {
        if (limit is not { } most) return default;
        lock (_gate)
        {
            _left -= bytes;
            if (_left >= 0 && _looked is { } looked && time.GetElapsedTime(looked) < s_believed) return default;
            Entry[] entries = [.. Artifacts(), .. Data()];
            (_looked, _left) = (time.GetTimestamp(), most - bytes - entries.Sum(entry => entry.Bytes));
            var (count, removed) = (0, 0L);
            foreach (var entry in entries.OrderBy(entry => entry.Used).ThenBy(entry => entry.Path, StringComparer.Ordinal))
            {
                if (_left >= 0) break;
                if (entry.Bytes == 0 || !TryRemove(entry)) continue;
                (count, removed, _left) = (count + 1, removed + entry.Bytes, _left + entry.Bytes);
            }
            return (count, removed);
        }
    }

    private bool TryRemove(Entry entry)
    {
        var name = Path.GetFileName(entry.Path);
        try
        {
            if (entry.IsArtifact) return ArtifactStore.TryForget(_artifacts, name, () => !IsInUse(name));
            if (Path.GetDirectoryName(entry.Path) == _files && (entry.Used > time.GetUtcNow().UtcDateTime - s_recent || IsInUse(name))) return false;
            File.Delete(entry.Path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another worker removes it just now, or it may not be removed: the next one does.
            return false;
        }
    }

    private IEnumerable<Entry> Artifacts() =>
        from folder in Listed(() => new DirectoryInfo(_artifacts).EnumerateDirectories())
        where folder.Name.Length == 64
        // Of files that are links the store's bytes count, not the cache's.
        let bytes = Listed(() => folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LinkTarget is null).Select(file => file.Length)).Sum()
        select new Entry(folder.FullName, bytes, ArtifactStore.LastUse(_artifacts, folder.Name), IsArtifact: true);

    private IEnumerable<Entry> Data() => s_kinds.SelectMany(kind => Listed(() =>
        from file in new DirectoryInfo(Path.Combine(cache, "data", kind)).EnumerateFiles()
        where file.LinkTarget is null && file.Extension is not (".lock" or ".part" or ".partial")
        select new Entry(file.FullName, file.Length, file.LastAccessTimeUtc > file.LastWriteTimeUtc ? file.LastAccessTimeUtc : file.LastWriteTimeUtc, IsArtifact: false)));

    private bool IsInUse(string name) => Listed(() => Directory.EnumerateDirectories(Path.Combine(cache, "attempts")))
        .Any(worker => Listed(() => Directory.EnumerateDirectories(worker)).Any(attempt => AttemptFolder.Uses(attempt, name)));

    /// <summary>None where another worker removes the folder, or a file in it, just now.</summary>
    private static T[] Listed<T>(Func<IEnumerable<T>> list)
    {
        try
        {
            return [.. list()];
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return [];
        }
    }
}
