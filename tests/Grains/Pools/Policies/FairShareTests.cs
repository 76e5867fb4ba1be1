using CsCheck;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools.Policies;

public sealed class FairShareTests
{
    private static readonly Gen<double> _weight = Gen.Int[0, 5].Select(i => new[] { 0.5, 1, 1.5, 2, 3, 10 }[i]);

    [Fact]
    public void Charge_AllWait_AnyStretchIsSharedByWeightWithinOneLeaseEach() => _weight.Array[2, 5].Sample(weights =>
    {
        var accounts = weights.Select((w, i) => new Account($"t{i}", new TenantOptions { Weight = w })).ToArray();
        var picks = Picks(new FairShare(), accounts, 200);
        var counts = new int[picks.Count + 1, accounts.Length];
        for (var i = 0; i < picks.Count; i++)
            for (var t = 0; t < accounts.Length; t++) counts[i + 1, t] = counts[i, t] + (picks[i] == accounts[t] ? 1 : 0);
        for (var from = 0; from < picks.Count; from += 7)
        {
            for (var to = from + 1; to <= picks.Count; to += 5)
            {
                var shares = accounts.Select((a, t) => (counts[to, t] - counts[from, t]) / a.Weight).ToArray();
                for (var x = 0; x < shares.Length; x++)
                    for (var y = 0; y < x; y++) Assert.InRange(Math.Abs(shares[x] - shares[y]), 0, (1 / weights[x]) + (1 / weights[y]) + 1e-9);
            }
        }
    });

    [Fact]
    public void Start_TenantWasAway_HasSavedNothingUp()
    {
        var (shares, here, away) = (new FairShare(), new Account("here", new TenantOptions()), new Account("away", new TenantOptions()));
        Picks(shares, [here], 100);
        var picks = Picks(shares, [here, away], 10);
        Assert.Equal(5, picks.Count(p => p == away));
    }

    [Fact]
    public void Charge_OnePriority_LeavesOthersAlone()
    {
        var (shares, account) = (new FairShare(), new Account("a", new TenantOptions()));
        shares.Charge(100, account);
        Assert.Equal((1.0, 0.0), (shares.Start(100, account), shares.Start(200, account)));
        shares.Keep(p => p == 200);
        Assert.Equal(0, shares.Start(100, account));
    }

    private static List<Account> Picks(FairShare shares, Account[] waiting, int count)
    {
        var picks = new List<Account>();
        for (var i = 0; i < count; i++)
        {
            var next = waiting.MinBy(a => shares.Start(100, a))!;
            shares.Charge(100, next);
            picks.Add(next);
        }
        return picks;
    }
}
