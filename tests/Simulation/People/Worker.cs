using Orleans;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.People;

/// <summary>One life of a worker with one slot: it waits for the bell or its poll, asks, works, asks again.</summary>
internal sealed class Worker : Machine
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(4);
    private TaskCompletionSource _bell = new();
    private SlotRequest _last;
    private string? _job;

    public Worker(World world, string id, double skew)
        : base(world, id, skew)
    {
        Grains = new GrainFactory(this);
        _last = new SlotRequest(id, Number: 0, Received: 0);
        After(0, () => _ = WorkAsync());
        After(0, () => _ = LiveAsync());
    }

    public IGrainFactory Grains { get; }

    public void Wake() => After(0, () => _bell.TrySetResult());

    private async Task WorkAsync()
    {
        while (true)
        {
            await _bell.Task;
            _bell = new TaskCompletionSource();
            while (await AcquireAsync() is { } given)
            {
                _job = given.Lease.JobId;
                await new Attempt(this, given.Lease, given.Since).RunAsync();
                _job = null;
            }
        }
    }

    private async Task LiveAsync()
    {
        while (true)
        {
            _bell.TrySetResult();
            await Task.Delay(s_poll, Time);
            try
            {
                await Grains.GetGrain<IWorkerGrain>(Name).Report(new WorkerReport("default", "host", 1, "cpu", 1, 1, "1", _job is null ? [] : [_job]));
            }
            catch (Exception)
            {
                // The next report tells it.
            }
        }
    }

    private async Task<(Lease Lease, double Since)?> AcquireAsync()
    {
        var since = Chaos.Clock;
        try
        {
            _last = _last.Next();
            if (await Grains.GetGrain<IPoolGrain>("default").Acquire(new AcquireRequest(Name, "cpu", [], Slot: _last)) is not { } lease) return null;
            _last = _last.With(lease);
            World.Promises.Received(lease, this);
            return (lease, since);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
