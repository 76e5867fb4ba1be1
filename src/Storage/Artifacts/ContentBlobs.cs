using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Artifacts;

/// <summary>Content under its digest. What is there already need not travel again.</summary>
internal static class ContentBlobs
{
    /// <summary>Puts content into the store, or renews what is there, which somebody may be about to remove as unused.</summary>
    /// <param name="blobs">The store.</param>
    /// <param name="digest">The content's digest.</param>
    /// <param name="open">Opens the content; called when it is not there.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    /// <exception cref="IOException">The store is full or cannot be written.</exception>
    public static async Task PutAsync(IBlobStore blobs, string digest, Func<Stream> open, CancellationToken cancellation)
    {
        var name = BlobNames.Content(digest);
        while (!await blobs.RenewAsync(name, cancellation))
        {
            await using var content = open();
            if (await blobs.CreateAsync(name, content, cancellation)) return;
        }
    }
}
