using System.Collections.Concurrent;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Workers.Tests.Fakes;

/// <summary>A pool's grain that gives out the leases put into it.</summary>
internal sealed class FakePool : IPoolGrain
{
    private readonly ConcurrentQueue<Lease> _leases = new();
    private int _asked;
    private int _unanswered;

    public ConcurrentQueue<AcquireRequest> Requests { get; } = new();

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>How many asked when there was no work.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    public bool IsAway { get; set; }

    public void Put(Lease lease) => _leases.Enqueue(lease);

    public Task<Lease?> Acquire(AcquireRequest request)
    {
        Interlocked.Increment(ref _asked);
        if (IsAway) return Task.FromException<Lease?>(new TimeoutException("no silo answers"));
        Requests.Enqueue(request);
        if (_leases.TryDequeue(out var lease)) return Task.FromResult<Lease?>(lease);
        Interlocked.Increment(ref _unanswered);
        return Task.FromResult<Lease?>(null);
    }

    public Task Enqueue(QueuedJob job) => throw new NotSupportedException();

    public Task Remove(string jobId) => throw new NotSupportedException();

    public Task<string?> Admit(string tenant, string[] jobIds) => throw new NotSupportedException();

    public Task<WaitView?> Explain(string jobId) => throw new NotSupportedException();

    public Task Sweep() => throw new NotSupportedException();

    public Task<PoolView> Get() => throw new NotSupportedException();
}
