using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ptune.Storage.Embedded;

/// <summary>
/// One SQLite file with one writer: writes wait in a bounded channel, and all that wait are committed together, so that many share one
/// flush to the disk (synchronous=FULL: a commit that was answered survives a power loss). Readers have connections of their own.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int MaxWaiting = 1024;
    private const int MaxGroup = 256;

    private readonly string _folder;
    private readonly string _connectionString;
    private readonly Channel<WriteRequest> _requests =
        Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Thread _writer;

    /// <param name="folder">The store's folder, which is there.</param>
    /// <exception cref="StoreVersionException">A later version wrote the file, or it is no store.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public SqliteDatabase(string folder)
    {
        _folder = folder;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = StoreFolder.Database(folder), DefaultTimeout = 30 }.ToString();
        var connection = Open();
        try
        {
            SqliteSchema.Prepare(connection, StoreFolder.Database(folder));
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw StoreFolder.Failure(folder, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _writer = new Thread(() => Write(connection)) { IsBackground = true, Name = "store writer" };
        _writer.Start();
    }

    /// <summary>Runs a statement in the writer's next group.</summary>
    /// <returns>How many rows it changed, once that is on the disk.</returns>
    /// <exception cref="IOException">The disk is full or broken: nothing of the group was kept.</exception>
    public async Task<long> WriteAsync(Func<SqliteWriter, long> execute, CancellationToken cancellation = default)
    {
        var request = new WriteRequest(execute);
        try
        {
            await _requests.Writer.WriteAsync(request, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase), $"The store in '{_folder}' is closed.");
        }
        return await request.Committed.Task;
    }

    /// <summary>A pooled connection for reading; it sees everything that was committed before.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw StoreFolder.Failure(_folder, e);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_requests.Writer.TryComplete()) _writer.Join();
        // The pool keeps files open; only this file's connections are dropped.
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private void Write(SqliteConnection connection)
    {
        using (var writer = new SqliteWriter(connection))
        {
            var group = new List<WriteRequest>(MaxGroup);
            while (_requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                group.Clear();
                while (group.Count < MaxGroup && _requests.Reader.TryRead(out var request)) group.Add(request);
                Commit(writer, group);
            }
        }
    }

    private void Commit(SqliteWriter writer, List<WriteRequest> group)
    {
        try
        {
            writer.Commit(() =>
            {
                foreach (var request in group) request.Result = request.Execute(writer);
            });
        }
#pragma warning disable CA1031 // Whatever went wrong is the waiting callers' to see; the writer lives on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var request in group) request.Committed.SetException(e is SqliteException ? StoreFolder.Failure(_folder, e) : e);
            return;
        }
        foreach (var request in group) request.Committed.SetResult(request.Result);
    }
}
