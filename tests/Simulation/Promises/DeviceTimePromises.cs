using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;

namespace Ptune.Simulation.Tests.Promises;

/// <summary>Each attempt that has ended is counted with the time that it held its device: none is lost, none is doubled, none is made up.</summary>
internal sealed class DeviceTimePromises(World world)
{
    private readonly HashSet<(string Job, long Epoch)> _ended = [];
    private readonly HashSet<(string Job, long Epoch)> _long = [];
    private readonly Dictionary<(string Job, long Epoch), string> _owed = [];

    /// <summary>What is written over a state that was held says how long that attempt took.</summary>
    /// <returns>What is broken; null: nothing.</returns>
    public string? Written(JobState before, JobState after)
    {
        foreach (var effect in after.Outbox.Pending.Where(e => e.Kind == JobEffects.DeviceTime))
        {
            var epoch = HeldTime.Rows(after.JobId, effect.Target).First().Epoch;
            if (!_owed.TryAdd((after.JobId, epoch), effect.Target) && _owed[(after.JobId, epoch)] != effect.Target) return $"epoch {epoch} of {after.JobId} was to be counted with two lengths";
        }
        // A lease that its worker never received is taken back, and held nothing.
        var isUndelivered = before.GrantedTo is not null && after.GrantedTo is null;
        if (!before.Status.IsHeld || after.Status.IsHeld || isUndelivered) return null;
        _ended.Add((before.JobId, before.Epoch));
        // By the clock of another silo it may have ended before it began.
        if (before.LeaseBegan < after.Updated) _long.Add((before.JobId, before.Epoch));
        return null;
    }

    /// <summary>What is broken at the end; null: nothing.</summary>
    public string? AtEnd()
    {
        var counted = world.Catalog.DeviceTime.Select(r => (Job: r.JobId, r.Epoch)).ToArray();
        if (counted.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } doubled) return $"the device time of {doubled.Key} was counted {doubled.Count()} times";
        if (counted.FirstOrDefault(c => !_ended.Contains(c)) is { Job: not null } invented) return $"the device time of {invented} was counted, and it never ended";
        if (_long.Except(counted).FirstOrDefault() is { Job: not null } lost) return $"the device time of {lost} was never counted";
        return world.Catalog.DeviceTime.Find(r => !_owed.TryGetValue((r.JobId, r.Epoch), out var owed) || !HeldTime.Rows(r.JobId, owed).Contains(r)) is { } wrong ? $"{wrong} was never owed" : null;
    }
}
