namespace Ptune.Contracts.Stores;

/// <summary>
/// A store in which a blob may grow until it is whole, and then get its own name without being copied. Until then its name is one that readers do not take for a whole.
/// </summary>
public interface IGrowingBlobs
{
    /// <summary>Adds bytes to a blob, which is made with the first ones. When this ends, also by an error, it has what was written, and nothing else.</summary>
    /// <param name="name">The blob; nobody else may read or remove it meanwhile.</param>
    /// <param name="offset">How long the blob has to be.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellation">Stops between two writes.</param>
    /// <returns>False when it has another length, or another is just adding to it: nothing was read.</returns>
    /// <exception cref="IOException">The store is full or cannot be written; the message says which folder or account.</exception>
    Task<bool> AppendAsync(string name, long offset, Stream content, CancellationToken cancellation = default);

    /// <summary>Gives a blob another name, under which it is immutable and its time is now. Readers of that name see it whole or not at all.</summary>
    /// <returns>False when there is one with that name already; both are left as they are.</returns>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    Task<bool> RenameAsync(string name, string newName, CancellationToken cancellation = default);
}
