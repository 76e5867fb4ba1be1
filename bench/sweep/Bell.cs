using System.Threading.Channels;
using Ptune.Contracts.Messages;

namespace Ptune.Sweep.Bench;

/// <summary>The bus of one process: each wake-up goes to one idle worker.</summary>
internal sealed class Bell : IWorkAnnouncer
{
    private readonly Channel<bool> _rings = Channel.CreateUnbounded<bool>();

    public Task AnnounceAsync(string pool, CancellationToken cancellation = default)
    {
        _rings.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    public async Task WaitAsync(CancellationToken cancellation) => await _rings.Reader.ReadAsync(cancellation);
}
