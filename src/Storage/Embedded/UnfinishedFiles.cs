using Ptune.Storage.Files;

namespace Ptune.Storage.Embedded;

/// <summary>
/// Files that are being written. Each is locked by its writer, so that what a dead writer left can be told from what a living one,
/// perhaps in another process, still fills.
/// </summary>
internal sealed class UnfinishedFiles(string folder)
{
    /// <summary>A name that no file has.</summary>
    public string NewPath() => Path.Combine(folder, Guid.NewGuid().ToString("N"));

    /// <summary>A new, locked, empty file.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public FileStream Create(out string path)
    {
        while (true)
        {
            path = NewPath();
            var handle = Posix.OpenUnlocked(path);
            // A cleaner may have come between open and lock: then the file is gone or going, and another name is as good.
            if (Posix.TryLock(handle) && File.Exists(path)) return new FileStream(handle, FileAccess.Write, bufferSize: 0);
            handle.Dispose();
        }
    }

    /// <summary>Removes what no living writer has open.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void RemoveAbandoned()
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            using var handle = Posix.OpenUnlocked(file);
            if (Posix.TryLock(handle)) File.Delete(file);
        }
    }
}
