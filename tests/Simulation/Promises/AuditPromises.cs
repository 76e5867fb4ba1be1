using Ptune.Contracts.Audit;
using Ptune.Grains.Audit;
using Ptune.Grains.Graphs;
using Ptune.Grains.Jobs;
using Ptune.Grains.Shell;
using Ptune.Grains.Studies;
using Ptune.Grains.Sweeps;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.Promises;

/// <summary>Each change that somebody asked for is one row of the audit trail: none is lost, none is doubled, none is made up, and the chain is whole.</summary>
internal sealed class AuditPromises(World world)
{
    private readonly HashSet<string> _owed = [];

    /// <summary>A state is about to be written: what it owes the audit trail must be there in the end.</summary>
    public void Written(object next)
    {
        var outbox = next switch
        {
            JobState job => job.Outbox,
            StudyState study => study.Outbox,
            SweepState sweep => sweep.Outbox,
            _ => Outbox.Empty,
        };
        foreach (var effect in outbox.Pending.Where(e => e.Audit is not null)) _owed.Add(effect.Audit!.Key);
    }

    public bool IsComplete => world.Audit.Chains.Values.Sum(rows => rows.Count) >= _owed.Count;

    /// <summary>What is broken at the end; null: nothing.</summary>
    public string? AtEnd()
    {
        foreach (var (chain, rows) in world.Audit.Chains)
        {
            var (sequence, previous) = (1L, "");
            foreach (var stored in rows.Values)
            {
                var row = AuditText.Read(stored);
                if (stored.Sequence != sequence || row.Previous != previous || AuditText.DigestOf(stored.Text) != stored.Digest) return $"the audit trail of {chain} is broken at row {sequence}";
                (sequence, previous) = (sequence + 1, stored.Digest);
            }
            var head = world.Store.Find<AuditChainState>(new GrainKey(typeof(AuditChainGrain), chain));
            if (head is not null && head.Sequence > 0 && rows.GetValueOrDefault(head.Sequence)?.Digest != head.Digest) return $"the head of the audit trail of {chain} names row {head.Sequence}, which is another one";
        }
        var keys = world.Audit.Chains.Values.SelectMany(rows => rows.Values).Select(r => r.Key).ToArray();
        if (keys.GroupBy(k => k, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } doubled) return $"the audit trail has {doubled.Key} {doubled.Count()} times";
        if (keys.FirstOrDefault(k => !_owed.Contains(k)) is { } invented) return $"the audit trail has {invented}, which was never written";
        return _owed.Except(keys).FirstOrDefault() is { } lost ? $"the audit trail never heard of {lost}" : null;
    }
}
