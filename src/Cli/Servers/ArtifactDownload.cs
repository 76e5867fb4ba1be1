using System.Text;
using System.Text.Json;
using Ptune.Cli.Specs;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>An artifact's files on this machine. A file gets its name only when its digest is right.</summary>
/// <param name="client">The server.</param>
/// <param name="folder">The folder that gets them; it is created if missing.</param>
/// <param name="progress">Told how far it is; null: nobody.</param>
internal sealed class ArtifactDownload(ServerClient client, string folder, IProgress<TransferProgress>? progress = null)
{
    /// <summary>The artifact's manifest, which is none of its files.</summary>
    private const string ManifestFile = "manifest.json";

    private const int BufferBytes = 1 << 18;

    /// <returns>The paths that were written.</returns>
    /// <exception cref="CliException">The server cannot be reached or trusted, or a file cannot be written.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            var artifact = await client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, reference), cancellation);
            var written = await WriteAsync(artifact, _ => true, cancellation);
            var manifest = Path.Combine(folder, ManifestFile);
            await File.WriteAllTextAsync(manifest, JsonSerializer.Serialize(artifact.Manifest, SpecJson.Indented) + "\n", new UTF8Encoding(false), cancellation);
            return [.. written, manifest];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Some of the files, without the manifest.</summary>
    /// <returns>The paths that were written.</returns>
    /// <exception cref="CliException">The server cannot be reached or trusted, or a file cannot be written.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(ArtifactView artifact, Func<ArtifactFile, bool> isWanted, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(artifact, isWanted, cancellation);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unwritable(e);
        }
    }

    private async Task<IReadOnlyList<string>> WriteAsync(ArtifactView artifact, Func<ArtifactFile, bool> isWanted, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var file in artifact.Manifest.Files.Where(isWanted)) written.Add(await FileAsync(artifact.Digest, file, cancellation));
        return written;
    }

    private CliException Unwritable(Exception e) =>
        new(ExitCode.NotWritten, $"The files cannot be written to '{folder}': {e.Message}", "Check its permissions and the free space, or name another folder with --to.");

    private async Task<string> FileAsync(string digest, ArtifactFile file, CancellationToken cancellation)
    {
        var path = Below(file.Path);
        if (await IsThereAsync(path, file, cancellation)) return path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        var escaped = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        var route = ServerClient.Fill(Routes.ArtifactFile, digest).Replace("{*path}", escaped, StringComparison.Ordinal);
        try
        {
            await using (var target = File.Create(partial)) await CopyAsync(route, target, file, cancellation);
            await using (var read = File.OpenRead(partial))
            {
                var found = await Digest.OfAsync(read, cancellation);
                if (found != file.Digest) throw new CliException(ExitCode.Unreachable, $"'{file.Path}' has the digest {found} instead of {file.Digest}.", "Try again; if it happens again, the store is damaged.");
            }
            File.Move(partial, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>After a broken connection it goes on with the byte that comes next, as long as each connection brings some.</summary>
    private async Task CopyAsync(string route, FileStream target, ArtifactFile file, CancellationToken cancellation)
    {
        var total = file.Bytes;
        while (true)
        {
            var before = target.Position;
            await using var source = await client.OpenAsync(route, cancellation, before);
            if (await CopyAsync(source, target, file, cancellation) is not { } broken) return;
            if (target.Position > before && target.Position < total) continue;
            throw new CliException(
                ExitCode.Unreachable, $"The connection broke after {target.Position:N0} of {total:N0} bytes: {broken}", "Try again; files that are complete are not fetched again.");
        }
    }

    /// <returns>Why the source broke off; null: it has ended.</returns>
    private async Task<string?> CopyAsync(Stream source, FileStream target, ArtifactFile file, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            int read;
            try
            {
                read = await source.ReadAsync(buffer, cancellation);
            }
            catch (IOException e)
            {
                return e.Message;
            }
            if (read == 0) return null;
            // What fails here is the file, which is reported in another way.
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(new TransferProgress(Path.GetFileName(file.Path), "receiving", target.Position, file.Bytes));
        }
    }

    private static async Task<bool> IsThereAsync(string path, ArtifactFile file, CancellationToken cancellation)
    {
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null } there || there.Length != file.Bytes || FileKinds.Of(path) != FileKind.Regular) return false;
        await using var read = File.OpenRead(path);
        return await Digest.OfAsync(read, cancellation) == file.Digest;
    }

    /// <summary>A server is not trusted with names that lead out of the folder.</summary>
    private string Below(string name)
    {
        var root = Path.GetFullPath(folder);
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.Combine(folder, Path.GetRelativePath(root, path))
            : throw new CliException(ExitCode.Unreachable, $"The artifact names a file '{name}', which would be outside '{folder}'.", "Do not trust this server.");
    }
}
