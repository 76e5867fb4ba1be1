using System.Text.RegularExpressions;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// The files of a folder that came from elsewhere: nothing in it may lead out of it. There are two exceptions: links into <c>blobs</c> of the same
/// repository, as the hub's own cache lays out <c>snapshots/REVISION</c>, and an artifact's folder in a worker's cache, whose files are links to contents of the store.
/// </summary>
internal sealed partial class FolderFiles
{
    private readonly IReadOnlyList<string> _blobs;
    private readonly bool _isArtifact;

    /// <exception cref="ModelRefusedException">There is no such folder.</exception>
    public FolderFiles(string folder)
    {
        if (!Directory.Exists(folder)) throw new ModelRefusedException($"There is no folder {folder}.");
        Folder = Resolve(Path.GetFullPath(folder));
        _isArtifact = ArtifactFolder().IsMatch(Folder);
        _blobs = BlobsOf(Folder);
    }

    /// <summary>With all links resolved.</summary>
    public string Folder { get; }

    /// <summary>The file of that name; null where there is none.</summary>
    /// <exception cref="ModelRefusedException">The name, or a link, leads out of the folder.</exception>
    public string? Find(string name)
    {
        string path = Path.GetFullPath(Path.Combine(Folder, name));
        if (Path.IsPathRooted(name) || !IsWithin(path, Folder))
            throw new ModelRefusedException($"{Folder} refers to '{Readable.Text(name)}', which lies outside of it. Nothing outside of a model's folder is read.");
        if (!File.Exists(path)) return null;
        string target = Resolve(path);
        return IsWithin(target, Folder) || _blobs.Any(blobs => IsWithin(target, blobs)) || (_isArtifact && StoredContent().IsMatch(target))
            ? path
            : throw new ModelRefusedException($"{path} is a link to {target}, which lies outside of the model's folder. Put the file itself there.");
    }

    /// <summary>Names of the files directly in the folder, in order.</summary>
    public IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    // The worker lays out such folders itself, named by the digest of what is in them, and verifies each file.
    [GeneratedRegex("/artifacts/[0-9a-f]{64}$")]
    private static partial Regex ArtifactFolder();

    [GeneratedRegex("/content/([0-9a-f]{2})/\\1[0-9a-f]{62}$")]
    private static partial Regex StoredContent();

    private static IReadOnlyList<string> BlobsOf(string folder)
    {
        string? snapshots = Path.GetDirectoryName(folder), repository = Path.GetDirectoryName(snapshots);
        if (Path.GetFileName(snapshots) != "snapshots" || repository is null) return [];
        string own = Path.Combine(repository, "blobs");
        // Newer caches keep contents once for all repositories.
        return Path.GetFileName(repository).StartsWith("models--", StringComparison.Ordinal) ? [own, Path.Combine(Path.GetDirectoryName(repository)!, "blobs")] : [own];
    }

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string path)
    {
        string resolved = Path.GetPathRoot(path)!;
        foreach (string part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            if (entry.LinkTarget is { } target) resolved = Resolve(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(resolved)!, target)));
        }

        return resolved;
    }
}
