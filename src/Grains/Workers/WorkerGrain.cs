using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Grains.Workers;

/// <summary>
/// What one worker last said, and what it is to do; in memory only: a worker that lives says it again, and one that does not is forgotten.
/// Reentrant, since a report goes on to the pool; the pool calls no worker's grain.
/// </summary>
[Reentrant, GrainType("worker")]
internal sealed partial class WorkerGrain(IOptions<JobsOptions> options, TimeProvider time, ILogger<WorkerGrain> logger) : Grain, IWorkerGrain, IWorkerOrdersGrain
{
    private readonly ILogger _logger = logger;
    private WorkerView? _view;
    private long _heard;

    private string Id => this.GetPrimaryKeyString();

    public async Task<WorkerOrder> Report(WorkerReport report)
    {
        if (Known() is { } known && (known.Report.Host, known.Report.ProcessId) != (report.Host, report.ProcessId)) return WorkerOrder.Refused;
        var now = time.GetUtcNow();
        _view = new WorkerView(Id, report, Known()?.Joined ?? now, now, Known()?.Order ?? WorkerOrder.Work);
        _heard = time.GetTimestamp();
        await TellPoolAsync(_view);
        return _view?.Order ?? WorkerOrder.Work;
    }

    public async Task Leave()
    {
        if (_view is not { } left) return;
        _view = null;
        DeactivateOnIdle();
        await GrainFactory.GetGrain<IPoolRosterGrain>(left.Report.Pool).Leave(Id);
    }

    public Task<WorkerView?> Get() => Task.FromResult(Known());

    public async Task<WorkerView?> Give(WorkerOrder order)
    {
        if (Known() is not { } known) return null;
        _view = known with { Order = order };
        await TellPoolAsync(_view);
        return _view;
    }

    private WorkerView? Known() => _view is { } view && time.GetElapsedTime(_heard) <= options.Value.WorkerForgottenAfter ? view : null;

    private async Task TellPoolAsync(WorkerView view)
    {
        try
        {
            await GrainFactory.GetGrain<IPoolRosterGrain>(view.Report.Pool).Hear(view);
        }
        catch (Exception problem)
        {
            // The worker goes on with what it has; its next report tells the pool.
            LogPoolAway(Id, view.Report.Pool, problem.Message, problem);
        }
    }
}
