using System.Threading.Channels;
using Ptune.Contracts.Messages;

namespace Ptune.Supervisor.Slots;

/// <summary>The bell of the idle slots: each ring sends one of them to the pool. Rings that find nobody idle wait, one for each slot at most.</summary>
internal sealed class WakeSignal(int slots) : IWorkListener
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(slots) { FullMode = BoundedChannelFullMode.DropWrite });

    public Task WakeAsync(string pool, CancellationToken cancellation = default)
    {
        Ring();
        return Task.CompletedTask;
    }

    public void Ring() => _rings.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellation) => await _rings.Reader.ReadAsync(cancellation);
}
