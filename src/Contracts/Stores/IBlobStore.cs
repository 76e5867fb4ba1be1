namespace Ptune.Contracts.Stores;

/// <summary>Immutable named bytes: written once, whole or not at all.</summary>
public interface IBlobStore
{
    /// <summary>Writes a blob if none has this name. Readers see it whole or not at all.</summary>
    /// <returns>False when one is there already; it is left as it is.</returns>
    /// <exception cref="IOException">The store is full or cannot be written; the message says which folder or account. Nothing is left behind.</exception>
    Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default);

    /// <summary>Opens a blob to read; null when there is none.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default);

    /// <summary>The blobs whose names start with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>Sets a blob's time to now. Whoever relies on a blob that is there already renews it, so that nobody takes it for unused.</summary>
    /// <returns>False when there is none.</returns>
    Task<bool> RenewAsync(string name, CancellationToken cancellation = default);

    /// <summary>Removes a blob; no error when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation = default);

    /// <summary>Removes a blob unless it was written or renewed after <paramref name="time"/>; of the two at once, one happens before the other.</summary>
    /// <returns>False when there is none, or a newer one, which stays.</returns>
    Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default);

    /// <summary>The blob's path where the store is a folder on this machine, so that it can be mapped; else null.</summary>
    string? LocalPath(string name);
}
