using System.Collections.Concurrent;
using Ptune.Contracts.Workers;

namespace Ptune.Workers.Tests.Fakes;

/// <summary>A worker's grain that gives the order it was told to.</summary>
internal sealed class FakeWorkerGrain : IWorkerGrain
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<WorkerReport> Reports { get; } = new();

    public WorkerOrder Order { get; set; }

    public bool HasLeft => _left.Task.IsCompleted;

    public Task LeftAsync() => _left.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>What else reports under this id, each time that somebody looks; null: nobody.</summary>
    public Func<WorkerView?> Other { get; set; } = () => null;

    public Task<WorkerOrder> Report(WorkerReport report)
    {
        Reports.Enqueue(report);
        return Task.FromResult(Order);
    }

    public Task Leave()
    {
        _left.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<WorkerView?> Get() => Task.FromResult(Other());
}
