using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Artifacts;

/// <summary>The logs of attempts, in pieces that are written once each and numbered by their writer from 0.</summary>
public sealed class LogStore(IBlobStore blobs)
{
    /// <summary>Stores one piece.</summary>
    /// <returns>False when that piece stands already; it is left as it is.</returns>
    /// <exception cref="IOException">The store is full or cannot be written.</exception>
    public Task<bool> AppendAsync(string jobId, long epoch, int piece, string text, CancellationToken cancellation = default) =>
        blobs.CreateAsync(BlobNames.Log(jobId, epoch, piece), new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellation);

    /// <summary>The pieces of an attempt, in order, from a piece on.</summary>
    public async IAsyncEnumerable<LogPiece> ReadAsync(
        string jobId, long epoch, int from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var blob in blobs.ListAsync(BlobNames.LogsOf(jobId, epoch), cancellation))
        {
            var number = int.Parse(Path.GetFileNameWithoutExtension(blob.Name), CultureInfo.InvariantCulture);
            if (number < from || await blobs.OpenAsync(blob.Name, cancellation) is not { } content) continue;
            using var reader = new StreamReader(content, Encoding.UTF8);
            yield return new LogPiece(number, await reader.ReadToEndAsync(cancellation));
        }
    }

    /// <summary>The epochs of a job's attempts that wrote a log, in order.</summary>
    public async Task<long[]> AttemptsAsync(string jobId, CancellationToken cancellation = default)
    {
        var prefix = $"{BlobNames.Logs}{jobId}/";
        return await blobs.ListAsync(prefix, cancellation)
            .Select(blob => long.Parse(blob.Name[prefix.Length..blob.Name.LastIndexOf('/')], CultureInfo.InvariantCulture))
            .Distinct()
            .ToArrayAsync(cancellation);
    }
}
