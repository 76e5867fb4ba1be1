using Ptune.Storage.Files;

namespace Ptune.Executor.Hub;

/// <summary>
/// The folder of a commit whose files are being fetched. It stays when the fetch fails, so that the next one goes on from there, and goes when all files have moved to where they belong.
/// </summary>
internal sealed class PartialFolder : IDisposable
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);

    private readonly FileLock? _lock;
    private bool _isDone;

    private PartialFolder(string path, FileLock? taken) => (Path, _lock) = (path, taken);

    public string Path { get; }

    /// <summary>That of a commit; while another process has it, a new one that nobody goes on from.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PartialFolder Open(string root, HubReference reference, string commit)
    {
        Directory.CreateDirectory(root);
        var path = System.IO.Path.Combine(root, $"{reference.Repository.Replace("/", "--", StringComparison.Ordinal)}--{commit}");
        var taken = FileLock.TryTake(path + ".lock", out _);
        if (taken is null) path += $".{Guid.NewGuid():N}";
        var folder = new PartialFolder(path, taken);
        Directory.CreateDirectory(path);
        Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        return folder;
    }

    /// <summary>Removes what was left behind for so long that nobody will go on from it.</summary>
    public static void RemoveOld(string root, DateTime now)
    {
        if (!Directory.Exists(root)) return;
        foreach (var path in Directory.GetDirectories(root).Where(path => now - Directory.GetLastWriteTimeUtc(path) > s_kept))
        {
            try
            {
                using var taken = FileLock.TryTake(path + ".lock", out _);
                if (taken is not null) Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It only takes space, which is no reason not to fetch.
            }
        }
    }

    /// <summary>Moves all files to a folder that is not there yet, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public void MoveTo(string folder)
    {
        var target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        var staging = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).ToArray())
            {
                var place = System.IO.Path.Combine(staging, System.IO.Path.GetRelativePath(Path, file));
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
                // Across file systems, too.
                File.Move(file, place);
            }
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(staging, target);
            _isDone = true;
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
    }

    public void Dispose()
    {
        if ((_isDone || _lock is null) && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        _lock?.Dispose();
    }
}
