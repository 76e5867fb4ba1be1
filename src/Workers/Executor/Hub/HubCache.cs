using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>
/// The cache of the hub's own client on this machine: <c>models--OWNER--NAME</c> with <c>refs/REVISION</c> (a commit), <c>snapshots/COMMIT/PATH</c> (links) and <c>blobs/DIGEST</c>
/// (huggingface_hub, "Understand caching"). It is only read.
/// </summary>
internal sealed class HubCache(string folder)
{
    private const int LongestRef = 1000;

    private readonly string _folder = Path.GetFullPath(folder);

    public string Folder => _folder;

    /// <summary>The commit that the cache knows for a revision, with its files there; null where it has none.</summary>
    public string? Commit(HubReference reference)
    {
        var commit = reference.IsPinned ? reference.Revision : ReadRef(Path.Combine(Repository(reference), "refs", reference.Asked));
        return commit is not null && Directory.Exists(Snapshot(reference, commit)) ? commit : null;
    }

    /// <summary>The files of a commit that the cache has: not always all that the repository has.</summary>
    /// <exception cref="DataException">A link leads out of the cache, or nowhere.</exception>
    public IReadOnlyList<HubEntry> Entries(HubReference reference, string commit)
    {
        var snapshot = Snapshot(reference, commit);
        return [.. Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories).Select(path => Entry(reference, snapshot, path))];
    }

    /// <summary>The file itself behind a path of a snapshot.</summary>
    public string FileOf(HubReference reference, string commit, string path) => Resolve(reference, Path.Combine(Snapshot(reference, commit), path));

    /// <summary>The content that the hub knows by a digest; null where it is not here whole.</summary>
    public string? Blob(HubReference reference, HubDigest digest)
    {
        var blob = Path.Combine(Repository(reference), "blobs", digest.Hex);
        return File.Exists(blob) ? Resolve(reference, blob) : null;
    }

    private HubEntry Entry(HubReference reference, string snapshot, string path)
    {
        var name = Path.GetRelativePath(snapshot, path);
        if (!HubEntry.IsSafe(name)) throw new DataException($"{HubText.Shown(path)} has a name that no file of a model has.");
        // The first link names the blob; a store that is shared by repositories may stand behind it.
        var link = new FileInfo(path).LinkTarget;
        return new HubEntry(name, new FileInfo(Resolve(reference, path)).Length, link is null ? null : HubDigest.Read(Path.GetFileName(link)));
    }

    private string Resolve(HubReference reference, string path)
    {
        var target = Path.GetFullPath(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path);
        // Blobs may be shared by all repositories of a cache, under blobs beside them.
        var isWithin = new[] { Repository(reference), Path.Combine(_folder, "blobs") }.Any(place => target.StartsWith(place + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        if (!isWithin) throw new DataException($"{HubText.Shown(path)} is a link to {HubText.Shown(target)}, which lies outside of the hub's cache. It is not followed.");
        return File.Exists(target) ? target : throw new DataException($"{HubText.Shown(path)} leads to {HubText.Shown(target)}, which is not there: the cache is damaged. Remove {Repository(reference)}, and fetch it again.");
    }

    private static string? ReadRef(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > LongestRef) return null;
        var commit = File.ReadAllText(path).Trim();
        return HubReference.IsCommit(commit) ? commit : null;
    }

    private string Repository(HubReference reference) => Path.Combine(_folder, "models--" + reference.Repository.Replace("/", "--", StringComparison.Ordinal));

    private string Snapshot(HubReference reference, string commit) => Path.Combine(Repository(reference), "snapshots", commit);
}
