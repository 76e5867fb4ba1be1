using System.Collections.Concurrent;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;

namespace Ptune.Workers.Tests.Fakes;

/// <summary>A job's grain that answers as it is told and keeps what it hears.</summary>
internal sealed class FakeJob : IJobGrain
{
    private readonly TaskCompletionSource<object> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<Heartbeat> Heartbeats { get; } = new();

    /// <summary>What came as the attempt's last word: completion, failure or release.</summary>
    public ConcurrentQueue<object> LastWords { get; } = new();

    public HeartbeatReply Reply { get; set; } = HeartbeatReply.Continue;

    /// <summary>What it shows of itself; null: nobody knows it.</summary>
    public JobView? View { get; set; }

    /// <summary>Nothing is answered.</summary>
    public bool IsAway { get; set; }

    /// <summary>So many last words get lost on their way, after they were heard.</summary>
    public int LostAnswers { get; set; }

    public StoredCheckpoint? LastCheckpoint => Heartbeats.Select(beat => beat.Checkpoint).LastOrDefault(checkpoint => checkpoint is not null);

    /// <summary>The attempt's last word; fails after a minute without one.</summary>
    public async Task<T> EndAsync<T>()
    {
        var word = await _ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (word is not T) Assert.Fail($"The attempt did not end with {typeof(T).Name} but with {word}.");
        return (T)word;
    }

    public Task<LossPoint[]> Losses() => throw new NotSupportedException();

    public Task<HeartbeatReply> Heartbeat(Heartbeat heartbeat)
    {
        if (IsAway) return Task.FromException<HeartbeatReply>(new TimeoutException("no silo answers"));
        Heartbeats.Enqueue(heartbeat);
        return Task.FromResult(Reply);
    }

    public Task<AttemptReply> Complete(AttemptCompletion completion) => End(completion);

    public Task<AttemptReply> Fail(AttemptFailure failure) => End(failure);

    public Task<AttemptReply> Release(AttemptRelease release) => End(release);

    public Task<JobView> Submit(JobSubmission submission) => throw new NotSupportedException();

    public Task<JobView?> Get() => Task.FromResult(View);

    public Task<JobView?> Watch(long version) => throw new NotSupportedException();

    public Task<JobView?> Cancel(string? asker, AuditStamp? by) => throw new NotSupportedException();

    public Task<JobView?> Suspend(string why, AuditStamp? by) => throw new NotSupportedException();

    public Task<JobView?> Resume(AuditStamp? by) => throw new NotSupportedException();

    public Task<JobView?> Retry(AuditStamp? by) => throw new NotSupportedException();

    public Task<JobView?> Discard(string artifact) => throw new NotSupportedException();

    public Task<JobView?> Preempt(string why) => throw new NotSupportedException();

    public Task<LeaseResult> Lease(LeaseRequest request) => throw new NotSupportedException();

    public Task<JobView?> Sweep() => throw new NotSupportedException();

    private Task<AttemptReply> End(object word)
    {
        if (IsAway) return Task.FromException<AttemptReply>(new TimeoutException("no silo answers"));
        LastWords.Enqueue(word);
        if (LostAnswers-- > 0) return Task.FromException<AttemptReply>(new TimeoutException("the answer got lost"));
        _ended.TrySetResult(word);
        return Task.FromResult(AttemptReply.Accepted);
    }
}
