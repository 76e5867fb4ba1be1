namespace Ptune.Executor.Hub;

/// <summary>A file of a repository, as the hub describes it.</summary>
/// <param name="Path">Below the repository, with '/'.</param>
/// <param name="Size">In bytes; null where it was not told.</param>
/// <param name="Digest">Null where it was not told.</param>
internal sealed record HubEntry(string Path, long? Size, HubDigest? Digest)
{
    /// <summary>Whether a path stays below the folder that it is put into, whatever it is joined with.</summary>
    public static bool IsSafe(string path) =>
        path.Length > 0 && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) && path.Split('/').All(part => part is not ("" or "." or ".."));
}
