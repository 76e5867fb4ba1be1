using System.Threading.Channels;
using Ptune.Contracts.Messages;

namespace Ptune.Messaging.Tests;

/// <summary>Keeps the wake-ups that it hears.</summary>
internal sealed class RecordingListener : IWorkListener
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Thrown instead of hearing a wake-up.</summary>
    public Exception? Failure { get; set; }

    public Task WakeAsync(string pool, CancellationToken cancellation = default)
    {
        if (Failure is { } failure) throw failure;
        Interlocked.Increment(ref _count);
        _heard.Writer.TryWrite(pool);
        return Task.CompletedTask;
    }

    /// <summary>The next wake-up's pool; fails after half a minute without one.</summary>
    public async Task<string> NextAsync() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
