using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Pools.Policies;

/// <summary>
/// Weighted fair share between tenants among jobs of one effective priority: start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996) with leases as packets of
/// length 1. A tenant's next lease starts at S = max(V, F), the smallest S goes first, then V = S and F = S + 1/weight. For two tenants that wait all
/// the time, over any stretch of leases, |n1/w1 - n2/w2| is at most 1/w1 + 1/w2. Who did not wait saves nothing up.
/// </summary>
internal sealed class FairShare
{
    private readonly Dictionary<int, PriorityShares> _byPriority = [];

    /// <summary>When the tenant's next lease starts, in virtual time: the smallest goes first.</summary>
    public double Start(int effective, Account account) => _byPriority.TryGetValue(effective, out var shares) ? shares.Start(account) : 0;

    public void Charge(int effective, Account account)
    {
        if (!_byPriority.TryGetValue(effective, out var shares)) _byPriority.Add(effective, shares = new PriorityShares());
        shares.Charge(account);
    }

    /// <summary>Forgets what was had at priorities at which nobody waits any more.</summary>
    public void Keep(Func<int, bool> isWaitedAt)
    {
        foreach (var priority in _byPriority.Keys.Where(p => !isWaitedAt(p)).ToArray()) _byPriority.Remove(priority);
    }

    private sealed class PriorityShares
    {
        private readonly Dictionary<Account, double> _finish = [];
        private double _now;
        private int _tidyAt = 16;

        public double Start(Account account) => Math.Max(_now, _finish.GetValueOrDefault(account));

        public void Charge(Account account)
        {
            _now = Start(account);
            _finish[account] = _now + (1 / account.Weight);
            if (_finish.Count < _tidyAt) return;
            // What lies in the past says no more than the time itself.
            foreach (var (past, finish) in _finish.Where(f => f.Value <= _now).ToArray()) _finish.Remove(past);
            _tidyAt = Math.Max(16, _finish.Count * 2);
        }
    }
}
