namespace Ptune.Executor.Hub;

/// <summary>A file that was fetched and checked.</summary>
/// <param name="Path">Below the folder, with '/'.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In small hexadecimal digits; computed here.</param>
/// <param name="IsFromCache">It was taken from the hub's cache on this machine.</param>
internal sealed record HubFile(string Path, long Size, string Sha256, bool IsFromCache);
