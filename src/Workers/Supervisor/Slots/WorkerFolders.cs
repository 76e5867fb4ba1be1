namespace Ptune.Supervisor.Slots;

/// <summary>
/// The worker's cache on this machine. Artifacts and data sets are shared by the workers that share the cache; each worker has a folder
/// of its own for its attempts, held by a lock, so that the next start can tell a dead worker's and remove it.
/// </summary>
internal sealed class WorkerFolders : IDisposable
{
    private readonly FileStream _held;

    /// <exception cref="IOException">The cache cannot be written.</exception>
    public WorkerFolders(string cache, string workerId)
    {
        Artifacts = Directory.CreateDirectory(Path.Combine(cache, "artifacts")).FullName;
        Data = Directory.CreateDirectory(Path.Combine(cache, "data")).FullName;
        var attempts = Directory.CreateDirectory(Path.Combine(cache, "attempts")).FullName;
        RemoveAbandoned(attempts);
        _held = Hold(Path.Combine(attempts, workerId + ".lock"));
        Attempts = Directory.CreateDirectory(Path.Combine(attempts, workerId)).FullName;
    }

    public string Artifacts { get; }

    public string Data { get; }

    public string Attempts { get; }

    public void Dispose()
    {
        Remove(Attempts);
        File.Delete(_held.Name);
        _held.Dispose();
    }

    private static FileStream Hold(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveAbandoned(string attempts)
    {
        foreach (var path in Directory.EnumerateFiles(attempts, "*.lock"))
        {
            try
            {
                using var held = Hold(path);
                Remove(Path.ChangeExtension(path, null));
                File.Delete(path);
            }
            catch (IOException)
            {
                // Its worker lives.
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
