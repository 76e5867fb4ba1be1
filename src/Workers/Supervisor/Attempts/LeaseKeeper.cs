using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Keeps a lease alive by heartbeats, and knows when it is no more. Its time is counted on this machine's monotonic clock, from before
/// the call that renewed it: when it has run out here it may have run out there.
/// </summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private const int BeatsInALease = 3;

    // How soon progress is told, and how soon a call that failed is tried again.
    private static readonly TimeSpan s_leastPause = TimeSpan.FromSeconds(1);

    // The same before the first progress was told: whoever waits for the job sees that it runs; an attempt that is over by then needs no heartbeat.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Lease _lease;
    private readonly string _worker;
    private readonly IJobGrain _job;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _beating;
    private JobProgress? _progress;
    private StoredCheckpoint? _checkpoint;
    private string? _note;
    private long _expires;
    private TimeSpan _pause = s_firstPause;

    /// <param name="since">The clock before the lease was asked for.</param>
    public LeaseKeeper(Lease lease, long since, string worker, IJobGrain job, TimeProvider time, ILogger<LeaseKeeper> logger)
    {
        (_lease, _worker, _job, _time, _logger) = (lease, worker, job, time, logger);
        _expires = After(since);
        _beating = BeatAsync();
    }

    /// <summary>The lease is another's, or ran out: nothing that this attempt does counts any more.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>The job is not to go on here: checkpoint, stop and release.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Why it is not to go on here, in words; null while it is.</summary>
    public string? StopWhy { get; private set; }

    /// <summary>Why it is gone, in words.</summary>
    public string? Why { get; private set; }

    /// <summary>The checkpoint that the grain has last taken from this attempt.</summary>
    public event Action<StoredCheckpoint>? CheckpointTaken;

    public void Tell(JobProgress progress)
    {
        lock (_gate) _progress = progress;
        Wake();
    }

    public void Tell(StoredCheckpoint checkpoint)
    {
        lock (_gate) _checkpoint = checkpoint;
        Wake();
    }

    /// <summary>Something that the job's timeline should say.</summary>
    public void Note(string note)
    {
        lock (_gate) _note = note;
        Wake();
    }

    /// <summary>No more heartbeats: the attempt's last word follows.</summary>
    public async Task StopAsync()
    {
        await _closing.CancelAsync();
        await _beating;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _gone.Dispose();
        _cancelled.Dispose();
        _closing.Dispose();
        _news.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!_closing.IsCancellationRequested && !_gone.IsCancellationRequested)
        {
            await PauseAsync();
            if (_closing.IsCancellationRequested) return;
            if (Left() <= TimeSpan.Zero)
            {
                await LoseAsync($"it could not be renewed within {_lease.Duration.TotalSeconds:0.#} s");
                return;
            }
            await BeatOnceAsync();
        }
    }

    /// <summary>A third of the lease, or until there is news; never much longer than the lease.</summary>
    private async Task PauseAsync()
    {
        using var news = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var beat = _lease.Duration / BeatsInALease;
        var least = Shorter(_pause, beat);
        await Task.Delay(Shorter(least, Left()), _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var rest = Task.Delay(Shorter(beat - least, Left()), _time, news.Token);
        await Task.WhenAny(rest, _news.WaitAsync(news.Token));
        await news.CancelAsync();
    }

    private async Task BeatOnceAsync()
    {
        JobProgress? progress;
        StoredCheckpoint? checkpoint;
        string? note;
        lock (_gate) (progress, checkpoint, note) = (_progress, _checkpoint, _note);
        var sent = _time.GetTimestamp();
        try
        {
            var beat = new Heartbeat(_worker, _lease.Epoch, progress, checkpoint, note);
            var reply = await _job.Heartbeat(beat).WaitAsync(Shorter(GrainCalls.Limit, Left()), _time, _closing.Token);
            await FollowAsync(reply, sent, progress, checkpoint, note);
        }
        catch (Exception e) when (!_closing.IsCancellationRequested)
        {
            LogNotRenewed(_lease.JobId, _lease.Epoch, Left(), e.Message);
            _pause = s_leastPause;
            Wake();
        }
        catch (OperationCanceledException)
        {
            // The attempt has ended.
        }
    }

    private async Task FollowAsync(HeartbeatReply reply, long sent, JobProgress? progress, StoredCheckpoint? checkpoint, string? note)
    {
        if (reply == HeartbeatReply.Fenced)
        {
            await LoseAsync("a newer attempt has replaced it");
            return;
        }
        _expires = After(sent);
        if (progress is not null) _pause = s_leastPause;
        lock (_gate)
        {
            if (ReferenceEquals(_note, note)) _note = null;
        }
        if (checkpoint is not null)
        {
            lock (_gate)
            {
                if (_checkpoint == checkpoint) _checkpoint = null;
            }
            CheckpointTaken?.Invoke(checkpoint);
        }
        if (reply is not (HeartbeatReply.Cancel or HeartbeatReply.Suspend)) return;
        StopWhy = reply == HeartbeatReply.Suspend ? "it was suspended" : "it was cancelled";
        await _cancelled.CancelAsync();
    }

    private async Task LoseAsync(string why)
    {
        Why = why;
        LogGone(_lease.JobId, _lease.Epoch, why);
        await _gone.CancelAsync();
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_news.CurrentCount == 0) _news.Release();
        }
    }

    private long After(long start) => start + (long)(_lease.Duration.TotalSeconds * _time.TimestampFrequency);

    private TimeSpan Left() => TimeSpan.FromSeconds((_expires - _time.GetTimestamp()) / (double)_time.TimestampFrequency);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b)
    {
        var shorter = a < b ? a : b;
        return shorter > TimeSpan.Zero ? shorter : TimeSpan.Zero;
    }
}
