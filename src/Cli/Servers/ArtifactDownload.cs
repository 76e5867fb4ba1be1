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
        catch (Exception e) when (IsUnwritable(e))
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
        catch (Exception e) when (IsUnwritable(e))
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

    private static bool IsUnwritable(Exception e) => e is UnauthorizedAccessException or (IOException and not HttpIOException);

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
        var (total, buffer) = (file.Bytes, new byte[1 << 18]);
        while (true)
        {
            var before = target.Position;
            try
            {
                await using var source = await client.OpenAsync(route, cancellation, before);
                while (await source.ReadAsync(buffer, cancellation) is var read and > 0)
                {
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                    progress?.Report(new TransferProgress(Path.GetFileName(file.Path), "receiving", target.Position, total));
                }
                return;
            }
            catch (HttpIOException) when (target.Position > before && target.Position < total)
            {
            }
            catch (HttpIOException e)
            {
                throw new CliException(ExitCode.Unreachable, $"The connection broke after {target.Position:N0} of {total:N0} bytes: {e.Message}", "Try again; files that are complete are not fetched again.");
            }
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
