using System.Globalization;
using System.Text;
using Ptune.Contracts.Jobs;
using Ptune.Storage.Artifacts;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// The log of one attempt: lines are gathered and stored a piece at a time. A store that is away costs lines, never the job.
/// </summary>
internal sealed class AttemptLog : IAsyncDisposable
{
    private const int RememberedLines = 100;

    // A job that prints without end fills neither memory nor store.
    private const int MostPendingCharacters = 1 << 20;

    private readonly Lock _gate = new();
    private readonly StringBuilder _pending = new();
    private readonly LastLines _last = new(RememberedLines);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lease _lease;
    private readonly LogStore _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Task _writing;
    private long _dropped;
    private int _piece;
    private bool _abandoned;

    public AttemptLog(Lease lease, LogStore store, TimeSpan interval, TimeProvider time)
    {
        (_lease, _store, _interval, _time) = (lease, store, interval, time);
        _writing = WriteAsync();
    }

    /// <summary>The last lines, oldest first, without their times.</summary>
    public IReadOnlyList<string> LastLines => _last.Lines;

    public void Write(string line)
    {
        _last.Add(line);
        var at = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            if (_pending.Length + line.Length > MostPendingCharacters) _dropped++;
            else _pending.Append(at).Append(' ').Append(line).Append('\n');
        }
    }

    /// <summary>The attempt counts no more: what is not stored yet never is.</summary>
    public void Abandon() => Volatile.Write(ref _abandoned, true);

    /// <summary>Stores the rest. Twice does no harm.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _writing;
    }

    private async Task WriteAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(_interval, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StoreAsync();
        }
    }

    private async Task StoreAsync()
    {
        if (Take() is not { } text || Volatile.Read(ref _abandoned)) return;
        try
        {
            await _store.AppendAsync(_lease.JobId, _lease.Epoch, _piece, text);
            _piece++;
        }
        catch (Exception)
        {
            PutBack(text);
        }
    }

    private string? Take()
    {
        lock (_gate)
        {
            if (_dropped > 0) _pending.Append(CultureInfo.InvariantCulture, $"[{_dropped} lines dropped: they came faster than they could be stored]\n");
            _dropped = 0;
            if (_pending.Length == 0) return null;
            var text = _pending.ToString();
            _pending.Clear();
            return text;
        }
    }

    private void PutBack(string text)
    {
        lock (_gate)
        {
            if (_pending.Length + text.Length > MostPendingCharacters) _dropped += text.Count(c => c == '\n');
            else _pending.Insert(0, text);
        }
    }
}
