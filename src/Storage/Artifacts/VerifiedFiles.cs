using System.Collections.Concurrent;
using Ptune.Contracts.Artifacts;

namespace Ptune.Storage.Artifacts;

/// <summary>
/// Which local files were found whole by this process: each is read and digested once, and again only when its length or time of
/// change is another than then.
/// </summary>
internal sealed class VerifiedFiles
{
    private readonly ConcurrentDictionary<string, (string Digest, long Bytes, DateTime Changed)> _verified = new(StringComparer.Ordinal);

    /// <param name="path">Where it lies.</param>
    /// <param name="expected">What it has to be.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DigestMismatchException">The file is another than expected.</exception>
    public async Task VerifyAsync(string path, ArtifactFile expected, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        if (!target.Exists) throw new FileNotFoundException($"'{path}' is missing.", path);
        var seen = (expected.Digest, target.Length, target.LastWriteTimeUtc);
        if (_verified.TryGetValue(target.FullName, out var verified) && verified == seen) return;
        var (digest, bytes) = await Hashing.OfFileAsync(target.FullName, cancellation);
        if (digest != expected.Digest) throw new DigestMismatchException(path, expected.Digest, digest, bytes);
        _verified[target.FullName] = seen;
    }
}
