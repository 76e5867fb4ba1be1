using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Pools.Running;

/// <summary>The last request of each slot that has asked for work lately.</summary>
internal sealed class SlotBook
{
    private readonly Dictionary<string, SlotNote> _bySlot = [];

    /// <returns>False for a request that came late, since a later one of the slot is known, and for a second copy of one that was answered with a lease: the slot uses one answer only.</returns>
    public bool Hear(string workerId, SlotRequest request, DateTimeOffset now)
    {
        if (_bySlot.TryGetValue(request.Slot, out var known) && (known.Last.Number > request.Number || (known.IsBusy && known.Last.Number == request.Number))) return false;
        _bySlot[request.Slot] = new SlotNote(workerId, request, now, IsBusy: false);
        return true;
    }

    /// <summary>The slot's request was answered with a lease: it asks again only when that job is done.</summary>
    public void Answered(SlotRequest request)
    {
        if (_bySlot.TryGetValue(request.Slot, out var known) && known.Last.Number == request.Number) _bySlot[request.Slot] = known with { IsBusy = true };
    }

    /// <summary>The worker has left: none of its slots asks again.</summary>
    public void Leave(string workerId)
    {
        foreach (var (slot, note) in _bySlot.Where(s => s.Value.WorkerId == workerId).ToArray())
            _bySlot[slot] = note with { Last = note.Last with { Number = long.MaxValue }, IsBusy = true };
    }

    /// <summary>Whether nobody will do anything under a lease that was granted to this request: the slot has gone on to something else. One that it still waits for is delivered to it.</summary>
    public bool IsLost(SlotRequest granted, string jobId, long epoch) =>
        _bySlot.TryGetValue(granted.Slot, out var known) && known.Last.HasNot(granted, jobId, epoch) && (known.IsBusy || !known.Last.HasMissed(granted));

    public void Forget(DateTimeOffset before)
    {
        foreach (var (slot, _) in _bySlot.Where(s => s.Value.Heard < before).ToArray()) _bySlot.Remove(slot);
    }

    private sealed record SlotNote(string WorkerId, SlotRequest Last, DateTimeOffset Heard, bool IsBusy);
}
