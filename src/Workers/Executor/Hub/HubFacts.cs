namespace Ptune.Executor.Hub;

/// <summary>What the hub's own headers say of a file: those of the server that it redirects to mean other things.</summary>
/// <param name="Commit">X-Repo-Commit.</param>
/// <param name="Digest">X-Linked-Etag, else the ETag of the file itself; that of a redirect is the redirect's.</param>
/// <param name="Size">X-Linked-Size.</param>
internal sealed record HubFacts(string? Commit, HubDigest? Digest, long? Size)
{
    public static HubFacts None { get; } = new(null, null, null);

    /// <summary>With what a further answer of the hub says; what was said first stays.</summary>
    public HubFacts And(HttpResponseMessage response) => new(
        Commit ?? Header(response, "X-Repo-Commit"),
        Digest ?? HubDigest.Read(Header(response, "X-Linked-Etag")) ?? (response.IsSuccessStatusCode ? HubDigest.Read(Header(response, "ETag")) : null),
        Size ?? (long.TryParse(Header(response, "X-Linked-Size"), out var size) ? size : null));

    public static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
