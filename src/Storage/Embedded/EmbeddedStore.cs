using Ptune.Contracts.Stores;

namespace Ptune.Storage.Embedded;

/// <summary>
/// Everything that one machine's server keeps, in one folder: <c>store.db</c> (grain states and catalog), <c>blobs/</c> and
/// <c>server.lock</c>. It is open in one process at a time; workers share only the blobs.
/// </summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly StoreLock _lock;

    /// <summary>Opens the store in <paramref name="folder"/>, which is made if it is not there.</summary>
    /// <exception cref="StoreInUseException">Another server has it; the message has its process id.</exception>
    /// <exception cref="StoreVersionException">A later version of the program wrote it.</exception>
    /// <exception cref="IOException">The folder is full or cannot be written; the message names it.</exception>
    public EmbeddedStore(string folder)
    {
        Folder = Path.GetFullPath(folder);
        _lock = StoreLock.Take(Folder);
        try
        {
            Blobs = new FolderBlobStore(StoreFolder.Blobs(Folder));
            Database = new SqliteDatabase(Folder);
            Catalog = new SqliteCatalog(Database);
            Audit = new SqliteAuditStore(Database);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public string Folder { get; }

    public IBlobStore Blobs { get; }

    public ICatalog Catalog { get; }

    public IAuditStore Audit { get; }

    internal SqliteDatabase Database { get; }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock.Dispose();
    }
}
