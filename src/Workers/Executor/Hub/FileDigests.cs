using System.Security.Cryptography;
using System.Text;
using Ptune.Storage.Files;

namespace Ptune.Executor.Hub;

/// <summary>What a file's content is, as the hub names it and as our store does.</summary>
/// <param name="Sha256">In small hexadecimal digits.</param>
/// <param name="GitBlob">The SHA-1 that git gives the content after "blob SIZE\0", likewise; null where nobody asked for it.</param>
internal sealed record FileDigests(string Sha256, string? GitBlob)
{
    private const int BufferBytes = 1 << 20;

    public bool Match(HubDigest digest) => digest.Hex == (digest.IsSha256 ? Sha256 : GitBlob);

    /// <summary>Reads a file once.</summary>
    /// <param name="expected">With which digest it will be compared; null: with none.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileDigests Of(string path, HubDigest? expected, CancellationToken cancellation)
    {
        using var file = RegularFile.Open(path);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5350 // Not a choice: git names its blobs so, and SHA-256 stands beside it.
        using var git = expected is { IsSha256: false } ? IncrementalHash.CreateHash(HashAlgorithmName.SHA1) : null;
#pragma warning restore CA5350
        git?.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
        var buffer = new byte[BufferBytes];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            sha256.AppendData(buffer, 0, read);
            git?.AppendData(buffer, 0, read);
        }
        return new FileDigests(Convert.ToHexStringLower(sha256.GetHashAndReset()), git is null ? null : Convert.ToHexStringLower(git.GetHashAndReset()));
    }
}
