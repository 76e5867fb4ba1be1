using System.Runtime.InteropServices;
using Ptune.Cli.Output;

namespace Ptune.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first one cancels <see cref="Token"/> and leaves it to the command to end well; the second one leaves at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public Interruption()
    {
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, Handle))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _first.Token;

    /// <summary>What must not be left behind when the user does not want to wait: called once, on the second signal.</summary>
    public Action? Leaving { get; set; }

    /// <summary>
    /// As <paramref name="work"/>, but ended as soon as nobody reads standard output. For commands that only watch: what they follow may have nothing
    /// to say for hours, so that a failing write would be too late.
    /// </summary>
    /// <exception cref="OutputException">The reader has left.</exception>
    public async Task<T> WhileReadAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var readerLeft = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ReaderWatch.Start(StandardStreams.Output, () => readerLeft.TrySetResult());
        var working = work(left.Token);
        if (await Task.WhenAny(working, readerLeft.Task) == working) return await working;
        await left.CancelAsync();
        await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new OutputException(readerLeft: true, "The reader has left.");
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _first.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            // Not on the signal's thread: what hangs on the token may take its time, and a second signal must get through.
            _ = _first.CancelAsync();
            return;
        }
        Leaving?.Invoke();
        Environment.Exit(ExitCode.Interrupted);
    }
}
