namespace Ptune.Supervisor.Attempts;

/// <summary>Notices that a run makes no progress any more: no step further, no checkpoint, no line of its log for too long.</summary>
internal sealed class ProgressWatch(TimeSpan limit, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _hangs = new();
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _step = -1;

    /// <summary>It hangs.</summary>
    public CancellationToken Hangs => _hangs.Token;

    /// <summary>Where it stands, in words.</summary>
    public string Where
    {
        get
        {
            lock (_gate) return _step < 0 ? "before its first step" : $"at step {_step}";
        }
    }

    /// <summary>From now on it counts. A limit that is infinite never ends.</summary>
    public void Begin()
    {
        lock (_gate) _timer ??= time.CreateTimer(_ => _hangs.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A step was reported; the same one again is no progress.</summary>
    public void Step(long step)
    {
        lock (_gate)
        {
            if (step == _step) return;
            _step = step;
            _timer?.Change(limit, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Another sign of life.</summary>
    public void Sign()
    {
        lock (_gate) _timer?.Change(limit, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        lock (_gate) _timer?.Dispose();
        _hangs.Dispose();
    }
}
