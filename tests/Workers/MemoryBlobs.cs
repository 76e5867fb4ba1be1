using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ptune.Contracts.Stores;

namespace Ptune.Workers.Tests;

/// <summary>A blob store in memory, which can be told to fail.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    public string[] Names => [.. _blobs.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Blobs whose names start so cannot be written.</summary>
    public string? Unwritable { get; set; }

    /// <summary>What is awaited before a blob is written.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>When all of them were written, as far as listings say.</summary>
    public DateTimeOffset Created { get; } = DateTimeOffset.UtcNow;

    public byte[] this[string name]
    {
        get => _blobs[name];
        set => _blobs[name] = value;
    }

    public string[] Under(string prefix) => [.. Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    public async Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        if (Unwritable is { } prefix && name.StartsWith(prefix, StringComparison.Ordinal)) throw new IOException("The store is full.");
        await Before(name);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        return _blobs.TryAdd(name, bytes.ToArray());
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default) =>
        Task.FromResult<Stream?>(_blobs.TryGetValue(name, out var bytes) ? new MemoryStream(bytes) : null);

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Yield();
        foreach (var name in Under(prefix)) yield return new BlobEntry(name, _blobs[name].Length, Created);
    }

    public Task<bool> RenewAsync(string name, CancellationToken cancellation = default) => Task.FromResult(_blobs.ContainsKey(name));

    public Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default) =>
        Task.FromResult(Created <= time && _blobs.TryRemove(name, out _));

    public Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        _blobs.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public string? LocalPath(string name) => null;
}
