using System.Threading.Channels;
using Ptune.Contracts.Messages;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A queue whose messages a test reads; it can be away.</summary>
internal sealed class RecordingAnnouncer : IWorkAnnouncer
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    public bool IsAway { get; set; }

    public ChannelReader<string> Messages => _messages.Reader;

    public Task AnnounceAsync(string pool, CancellationToken cancellation = default)
    {
        if (IsAway) throw new IOException("the broker is away");
        _messages.Writer.TryWrite(pool);
        return Task.CompletedTask;
    }
}
