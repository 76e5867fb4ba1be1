using Ptune.Contracts.Artifacts;
using Ptune.Storage.Files;

namespace Ptune.Storage.Artifacts;

/// <summary>The files of a folder as a manifest lists them.</summary>
internal static class ManifestFiles
{
    /// <returns>In ordinal order of their paths.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">A file's name cannot be stored.</exception>
    public static async Task<ArtifactFile[]> OfFolderAsync(string folder, CancellationToken cancellation)
    {
        var files = new List<ArtifactFile>();
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var path in Directory.EnumerateFiles(folder, "*", options))
        {
            var name = BlobName.Validate(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
            var (digest, bytes) = await Hashing.OfFileAsync(path, cancellation);
            files.Add(new ArtifactFile(name, digest, bytes));
        }
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }
}
