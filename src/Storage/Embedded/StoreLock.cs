using Ptune.Storage.Files;

namespace Ptune.Storage.Embedded;

/// <summary>One server a store: held as long as the server lives.</summary>
public sealed class StoreLock : IDisposable
{
    private readonly FileLock _lock;

    private StoreLock(FileLock taken) => _lock = taken;

    /// <summary>Takes the store in <paramref name="folder"/>, which is made if it is not there.</summary>
    /// <exception cref="StoreInUseException">Another process has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static StoreLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var taken = FileLock.TryTake(Path.Combine(folder, "server.lock"), out var holder);
            return taken is null ? throw new StoreInUseException(folder, holder) : new StoreLock(taken);
        }
        catch (Exception e) when (e is not StoreInUseException and (IOException or UnauthorizedAccessException))
        {
            throw StoreFolder.Failure(folder, e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
