using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

internal sealed class LogSource(IBlobStore blobs) : ILogSource
{
    /// <summary>The pieces that are read from the end; a piece is what a worker wrote in a second or more.</summary>
    private const int MostPieces = 40;

    public async Task<string> TailAsync(string jobId, long epoch, int most, CancellationToken cancellation)
    {
        var names = new Queue<string>();
        await foreach (var blob in blobs.ListAsync(BlobNames.LogsOf(jobId, epoch), cancellation))
        {
            names.Enqueue(blob.Name);
            if (names.Count > MostPieces) names.Dequeue();
        }
        var parts = new List<string>();
        foreach (var name in names.Reverse())
        {
            if (await blobs.OpenAsync(name, cancellation) is not { } content) continue;
            using var reader = new StreamReader(content);
            parts.Add(await reader.ReadToEndAsync(cancellation));
            if (parts.Sum(p => p.Length) >= most) break;
        }
        parts.Reverse();
        var text = string.Concat(parts);
        if (text.Length <= most) return text;
        var from = text.IndexOf('\n', text.Length - most) + 1;
        return text[from..];
    }
}
