namespace Ptune.Storage.Tests.Blobs;

/// <summary>A source that gives its first byte, and the second only when the test says so.</summary>
internal sealed class PausedStream : MemoryStream
{
    public static readonly byte[] Content = [1, 2];

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PausedStream()
        : base(Content)
    {
    }

    /// <summary>The first byte was read and written, and the second is asked for.</summary>
    public Task Reached => _reached.Task;

    public void GoOn() => _goOn.SetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == 1)
        {
            _reached.TrySetResult();
            await _goOn.Task.WaitAsync(cancellationToken);
        }
        return await base.ReadAsync(buffer[..1], cancellationToken);
    }
}
