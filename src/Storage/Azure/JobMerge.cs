using System.Runtime.CompilerServices;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>The rows of several tenants, each in order, as one listing in order; it reads no further than its reader does.</summary>
internal static class JobMerge
{
    /// <summary>By descending time of creation, then by id.</summary>
    public static Comparer<JobRow> NewestFirst { get; } = Comparer<JobRow>.Create((a, b) =>
        b.Created.CompareTo(a.Created) is var byTime and not 0 ? byTime : string.CompareOrdinal(a.JobId, b.JobId));

    public static async IAsyncEnumerable<JobRow> Of(
        IAsyncEnumerable<JobRow>[] sources, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var readers = sources.Select(source => source.GetAsyncEnumerator(cancellation)).ToArray();
        try
        {
            var heads = new PriorityQueue<IAsyncEnumerator<JobRow>, JobRow>(NewestFirst);
            foreach (var reader in readers)
            {
                if (await reader.MoveNextAsync()) heads.Enqueue(reader, reader.Current);
            }
            while (heads.TryDequeue(out var reader, out var row))
            {
                yield return row;
                if (await reader.MoveNextAsync()) heads.Enqueue(reader, reader.Current);
            }
        }
        finally
        {
            foreach (var reader in readers) await reader.DisposeAsync();
        }
    }
}
