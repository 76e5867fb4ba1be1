using System.Security.Cryptography;
using Ptune.Cli.Specs;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Servers;

/// <summary>
/// Sends files into the store under their digests. What is there is not sent again, and after a broken connection the rest is sent. A file is read twice, once for its digest, and never held.
/// </summary>
/// <param name="client">The server.</param>
/// <param name="clock">For the pauses between tries.</param>
/// <param name="progress">Told how far it is; null: nobody.</param>
internal sealed class FileUpload(ServerClient client, TimeProvider clock, IProgress<TransferProgress>? progress = null)
{
    /// <summary>Tries in a row that have brought nothing before it gives up.</summary>
    private const int MostTries = 6;

    private const int BufferBytes = 1 << 20;

    /// <summary>The pause before the second try; it doubles with each that brings nothing.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Sends a file, unless the store has it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it; what has arrived stays, and the next call goes on from there.</param>
    /// <returns>Its SHA-256, 64 hexadecimal digits: the name under which the store has it.</returns>
    /// <exception cref="CliException">There is no such file; the server cannot be reached, or refuses it.</exception>
    public async Task<string> RunAsync(string path, CancellationToken cancellation)
    {
        await using var file = Open(path);
        var sha256 = await DigestAsync(file, progress, cancellation);
        await SendAsync(file, sha256, cancellation);
        return sha256;
    }

    /// <summary>The SHA-256 of a file, 64 hexadecimal digits; nothing is sent.</summary>
    /// <exception cref="CliException">There is no such file.</exception>
    public Task<string> DigestAsync(string path, CancellationToken cancellation) => DigestOfAsync(path, progress, cancellation);

    /// <summary>The same, where there is no server to send the file to.</summary>
    /// <exception cref="CliException">There is no such file.</exception>
    public static async Task<string> DigestOfAsync(string path, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        await using var file = Open(path);
        return await DigestAsync(file, progress, cancellation);
    }

    /// <summary>As <see cref="RunAsync(string, CancellationToken)"/>, of a file that is known by its digest: one that the store has is not even read.</summary>
    /// <exception cref="CliException">There is no such file, or it is another; the server cannot be reached, or refuses it.</exception>
    public async Task RunAsync(string path, string sha256, CancellationToken cancellation)
    {
        await using var file = Open(path);
        await SendAsync(file, sha256, cancellation);
    }

    private static FileStream Open(string path)
    {
        if (FileKinds.Of(path) is var kind && kind != FileKind.Regular)
            throw new CliException(ExitCode.NotFound, kind == FileKind.None ? $"There is no file '{path}'." : $"'{path}' is not a regular file.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.NotFound, $"'{path}' cannot be read: {e.Message}");
        }
    }

    private static async Task<string> DigestAsync(FileStream file, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, total) = (new byte[BufferBytes], file.Length);
        while (await file.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            progress?.Report(new TransferProgress(Path.GetFileName(file.Name), "reading", file.Position, total));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task SendAsync(FileStream file, string sha256, CancellationToken cancellation)
    {
        var (path, total) = (ServerClient.Fill(Routes.Upload, sha256), file.Length);
        var (arrived, tries) = (-1L, 0);
        while (true)
        {
            try
            {
                var standing = await client.GetAsync<UploadView>(path, cancellation);
                if (standing.Bytes > arrived) (arrived, tries) = (standing.Bytes, 0);
                // Also what is whole is asked for once more: so it stays in the store until the job is there that needs it.
                using var part = new FilePart(file, standing.IsComplete ? total : standing.Bytes, total, sent => progress?.Report(new TransferProgress(Path.GetFileName(file.Name), "sending", sent, total)));
                if ((await client.PutAsync<UploadView>(path, part, cancellation)).IsComplete) return;
                tries++;
            }
            // Another client sends the same file, and was faster.
            catch (CliException e) when (e is UnreachableException or ConflictException && ++tries < MostTries)
            {
            }
            catch (EndOfStreamException e)
            {
                throw new CliException(ExitCode.Usage, e.Message, "Send it again when nobody writes to it.");
            }
            if (tries >= MostTries) throw new CliException(ExitCode.Unreachable, $"'{file.Name}' did not arrive whole after {MostTries} tries.", "Send it again: what has arrived is kept for some time.");
            if (tries > 0) await Task.Delay(FirstPause * Math.Pow(2, tries - 1), clock, cancellation);
        }
    }
}
