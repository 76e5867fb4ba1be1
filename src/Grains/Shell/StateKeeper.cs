using Orleans.Runtime;
using Orleans.Storage;

namespace Ptune.Grains.Shell;

/// <summary>
/// Decides and writes, one command after the other. A state is replaced, never changed in place: when a write fails, memory holds what
/// stood before, and because the write may have landed all the same, the next command reads the store first.
/// </summary>
/// <param name="storage">The grain's stored state; writes are guarded by its ETag.</param>
/// <param name="awake">What to make of a state that was just read: time has passed unseen.</param>
/// <param name="expect">
/// Performed before a state is written where none stands, or one at rest: nobody looks after those, so it says first where the new one is to be found. It calls no grain.
/// </param>
internal sealed class StateKeeper<TState>(
    IPersistentState<TState> storage, TimeProvider time, Func<TState, DateTimeOffset, TState> awake, Func<TState, Task>? expect = null)
    where TState : class, IStoredState<TState>
{
    private readonly Turns _turns = new();
    private readonly HashSet<long> _done = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _inDoubt;
    private long _looked;
    private TState? _current;
    private ClockReading _clock;

    /// <summary>What stands, its times by the wall clock as it is set now; null before the first command.</summary>
    public TState? Current
    {
        get
        {
            FollowClock();
            return _current;
        }
    }

    /// <summary>
    /// What the store holds: <see cref="Current"/> without its volatile changes. Others are told of this, since a version that a crash takes
    /// back must not stand in a catalog before the one that follows.
    /// </summary>
    public TState? Stored { get; private set; }

    /// <summary>The effects that are asked for and not yet done.</summary>
    public IEnumerable<Effect> Pending => Current?.Outbox.Pending.Where(e => !_done.Contains(e.Number)) ?? [];

    /// <summary>Takes over what the runtime has read at activation.</summary>
    public void Start() => Adopt();

    /// <param name="isAuthoritative">
    /// An answer that changes nothing is given only after a read of the store: for a moment there may be two activations, and the other one may
    /// be ahead.
    /// </param>
    /// <exception cref="InconsistentStateException">Another activation has written: nothing was changed by this one.</exception>
    public Task<TAnswer> DecideAsync<TAnswer>(Func<TState?, DateTimeOffset, Decision<TState, TAnswer>> decide, bool isAuthoritative = false) => _turns.TakeAsync(async () =>
    {
        if (_inDoubt) await ReadAsync();
        var clock = FollowClock();
        var decision = decide(_current, clock.Wall);
        if (isAuthoritative && !IsChange(decision.State) && await ReloadIfChangedAsync())
        {
            clock = FollowClock();
            decision = decide(_current, clock.Wall);
        }
        if (IsChange(decision.State)) await AcceptAsync(decision.State!, clock, decision.IsVolatile);
        return decision.Answer;
    });

    /// <summary>
    /// Reads the store where it was neither read nor written for <paramref name="maxStaleness"/>. Where nothing changes for long, this may be the stale one of two activations, kept by
    /// the directory: nobody sends it a command that would meet the ETag, and it would answer with old state for good.
    /// </summary>
    public Task LookAsync(TimeSpan maxStaleness) => IsStaleBy(maxStaleness)
        ? _turns.TakeAsync(async () => IsStaleBy(maxStaleness) && await ReloadIfChangedAsync())
        : Task.CompletedTask;

    /// <summary>Whether the store was neither read nor written for this long.</summary>
    public bool IsStaleBy(TimeSpan span) => time.GetElapsedTime(_looked) >= span;

    /// <summary>How often the store was read: what was in memory only is gone with each.</summary>
    public int Reading { get; private set; }

    /// <summary>
    /// An effect is done. It leaves the stored outbox with the next write: performed again after a crash, it does no harm. So it is where the store has been read since it was begun:
    /// what it brought may have been in memory only, and is not in the state that was read.
    /// </summary>
    /// <param name="reading"><see cref="Reading"/> when it was begun.</param>
    public void Done(Effect effect, int reading)
    {
        if (reading == Reading) _done.Add(effect.Number);
    }

    /// <summary>Writes an outbox without what is done, when nothing else is going to.</summary>
    public Task ForgetDoneAsync() => DecideAsync((state, _) =>
    {
        var outbox = state?.Outbox.Without(_done);
        return new Decision<TState, bool>(state is null || ReferenceEquals(outbox, state.Outbox) ? state : state.WithOutbox(outbox!), true);
    });

    /// <summary>True when something has changed since <paramref name="version"/>; false after <paramref name="patience"/> without a change.</summary>
    public async Task<bool> WaitAsync(long version, TimeSpan patience)
    {
        if ((Current?.Version ?? 0) != version) return true;
        try
        {
            await _changed.Task.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Lets all who wait go: the activation ends.</summary>
    public void ReleaseWaiting() => Signal();

    private bool IsChange(TState? next) => next is not null && !ReferenceEquals(next, _current);

    /// <summary>Moves the state's times along with a wall clock that was set since they were made.</summary>
    private ClockReading FollowClock()
    {
        var now = ClockReading.Of(time);
        if (_current is not null && _clock.StepUntil(now, time) is var step && step != TimeSpan.Zero) _current = _current.Shift(step);
        _clock = now;
        return now;
    }

    private async Task<bool> ReloadIfChangedAsync()
    {
        var known = storage.Etag;
        await storage.ReadStateAsync();
        _looked = time.GetTimestamp();
        if (storage.Etag == known) return false;
        Adopt();
        return true;
    }

    private async Task AcceptAsync(TState next, ClockReading clock, bool isVolatile)
    {
        next = next.WithOutbox(next.Outbox.Without(_done));
        if (!isVolatile)
        {
            if (expect is not null && Stored is not { IsAtRest: false }) await expect(next);
            await WriteAsync(next);
            Stored = next;
        }
        _done.RemoveWhere(number => next.Outbox.Pending.All(e => e.Number != number));
        var isNews = _current?.Version != next.Version;
        // It was decided by that reading: a step while it was being written is made up for at the next look.
        (_current, _clock) = (next, clock);
        if (isNews) Signal();
    }

    private async Task WriteAsync(TState next)
    {
        var before = storage.State;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
            _looked = time.GetTimestamp();
        }
        catch
        {
            storage.State = before;
            _inDoubt = true;
            throw;
        }
    }

    private async Task ReadAsync()
    {
        await storage.ReadStateAsync();
        _inDoubt = false;
        Adopt();
    }

    private void Adopt()
    {
        Reading++;
        _done.Clear();
        _looked = time.GetTimestamp();
        Stored = storage.RecordExists ? storage.State : null;
        _clock = ClockReading.Of(time);
        _current = Stored is null ? null : awake(Stored, _clock.Wall);
        Signal();
    }

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
