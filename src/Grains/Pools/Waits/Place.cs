using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Pools.Waits;

/// <summary>
/// A job's place in the queue as a worker that fits everything and holds nothing warm would empty it: how many go first for a higher effective priority, and how many equals for
/// their arrival or their tenants' shares, give or take one job of each other tenant. Found without walking the queue.
/// </summary>
/// <param name="Higher">Jobs of a higher effective priority.</param>
/// <param name="Equal">Equals that go first.</param>
internal readonly record struct Place(int Higher, int Equal)
{
    /// <summary>1 is the next.</summary>
    public int Position => Higher + Equal + 1;

    public static Place Of(QueueEntry entry, JobIndex index, FairShare shares, Ageing ageing, DateTimeOffset now)
    {
        var effective = Effective(entry);
        var higher = 0;
        var rivals = new Dictionary<Account, Rival>();
        foreach (var equals in index.Classes)
        {
            if (equals.Priority + ageing.Bound < effective) break;
            foreach (var lane in equals.Lanes)
            {
                lane.Promote(now);
                var above = lane.Ready.CountWhile(e => Effective(e) > effective);
                higher += above + (lane.Delayed.Count > 0 && equals.Priority > entry.Lane.Priority ? lane.Delayed.Count : 0);
                var level = lane.Ready.CountWhile(e => Effective(e) >= effective) - above;
                if (level == 0 && lane.Account != entry.Lane.Account) continue;
                if (!rivals.TryGetValue(lane.Account, out var rival)) rivals.Add(lane.Account, rival = new Rival());
                rival.Level += level;
                rival.Earlier += lane.Ready.CountWhile(e => Effective(e) > effective || (Effective(e) == effective && Arrival.Order.Compare(e, entry) < 0)) - above;
                if (level > 0) rival.See(lane.Ready[above]);
            }
        }
        var own = rivals.GetValueOrDefault(entry.Lane.Account)?.Earlier ?? 0;
        var start = shares.Start(effective, entry.Lane.Account) + (own / entry.Lane.Account.Weight);
        var mine = rivals.GetValueOrDefault(entry.Lane.Account)?.First ?? entry;
        var others = rivals.Where(r => r.Key != entry.Lane.Account).Sum(r => Before(start, mine, r.Key, r.Value, shares.Start(effective, r.Key)));
        return new Place(higher, own + others);

        int Effective(QueueEntry e) => ageing.Effective(e.Lane.Priority, e.Created, now);
    }

    /// <summary>How many of another tenant's equals start before, by <see cref="FairShare"/>.</summary>
    private static int Before(double start, QueueEntry mine, Account account, Rival rival, double first)
    {
        var turns = (start - first) * account.Weight;
        var whole = Math.Round(turns);
        var isTie = Math.Abs(turns - whole) < 1e-6 && whole >= 0;
        var goesFirst = Arrival.Order.Compare(rival.First, mine) < 0 ? 1 : 0;
        var before = isTie ? (int)whole + goesFirst : (int)Math.Clamp(Math.Ceiling(turns), 0, int.MaxValue);
        return Math.Min(rival.Level, before);
    }

    private sealed class Rival
    {
        public int Level { get; set; }

        public int Earlier { get; set; }

        public QueueEntry? First { get; private set; }

        public void See(QueueEntry entry)
        {
            if (First is null || Arrival.Order.Compare(entry, First) < 0) First = entry;
        }
    }
}
