using System.Collections.Concurrent;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>Keeps what is asked of it; it has every blob.</summary>
internal sealed class RecordingBlobs : IBlobStore
{
    private readonly ConcurrentQueue<string> _removed = new();
    private readonly ConcurrentQueue<string> _renewed = new();

    public string[] Removed => [.. _removed];

    public string[] Renewed => [.. _renewed];

    public Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default) => throw new NotSupportedException();

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<bool> RenewAsync(string name, CancellationToken cancellation = default)
    {
        _renewed.Enqueue(name);
        return Task.FromResult(true);
    }

    public Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        _removed.Enqueue(name);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default) => throw new NotSupportedException();

    public string? LocalPath(string name) => null;
}
