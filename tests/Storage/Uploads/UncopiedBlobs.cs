using Ptune.Contracts.Stores;
using Ptune.Storage.Embedded;

namespace Ptune.Storage.Tests.Uploads;

/// <summary>A folder's blobs that can be neither written whole nor read: what is in them came by growing and got its name by renaming.</summary>
internal sealed class UncopiedBlobs(string folder) : IBlobStore, IGrowingBlobs
{
    private readonly FolderBlobStore _blobs = new(folder);

    /// <summary>Whether they may be read, for a digest.</summary>
    public bool IsReadable { get; set; }

    public Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default) =>
        content == Stream.Null ? _blobs.CreateAsync(name, content, cancellation) : throw new InvalidOperationException($"'{name}' is copied.");

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default) =>
        IsReadable ? _blobs.OpenAsync(name, cancellation) : throw new InvalidOperationException($"'{name}' is read.");

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellation = default) => _blobs.ListAsync(prefix, cancellation);

    public Task<bool> RenewAsync(string name, CancellationToken cancellation = default) => _blobs.RenewAsync(name, cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation = default) => _blobs.DeleteAsync(name, cancellation);

    public Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default) => _blobs.DeleteAsync(name, time, cancellation);

    public string? LocalPath(string name) => _blobs.LocalPath(name);

    public Task<bool> AppendAsync(string name, long offset, Stream content, CancellationToken cancellation = default) => _blobs.AppendAsync(name, offset, content, cancellation);

    public Task<bool> RenameAsync(string name, string newName, CancellationToken cancellation = default) => _blobs.RenameAsync(name, newName, cancellation);
}
