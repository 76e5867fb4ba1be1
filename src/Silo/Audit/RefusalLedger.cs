using Ptune.Contracts.Audit;

namespace Ptune.Silo.Audit;

/// <summary>
/// Counts refused requests. Each minute, and when somebody reads the audit trail, a row is written for each caller, request and answer, with their number; so a flood of them costs a few
/// rows. In a minute there are at most <see cref="MostKinds"/> rows; what is beyond is counted in one more. A crash loses what was counted since the last minute: nothing was changed by it.
/// </summary>
internal sealed class RefusalLedger(TimeProvider time)
{
    public const int MostKinds = 100;
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);
    private static readonly RefusalKey s_others = new(AuditChains.System, "others", null, 0, $"more than {MostKinds} kinds of refused requests in a minute; these are not told apart");

    private readonly Lock _lock = new();
    private Dictionary<RefusalKey, AuditEntry> _counted = [];
    private long _taken = time.GetTimestamp() - (long)(s_least.TotalSeconds * time.TimestampFrequency);

    public void Note(RefusalKey key, AuditStamp by)
    {
        lock (_lock)
        {
            if (!_counted.ContainsKey(key) && _counted.Count >= MostKinds)
            {
                key = s_others;
                by = new AuditStamp(key.Who, null, null, null, "");
            }
            _counted[key] = _counted.TryGetValue(key, out var counted)
                ? counted with { Count = counted.Count == int.MaxValue ? counted.Count : counted.Count + 1 }
                : new AuditEntry(
                    $"refused:{Guid.NewGuid():n}", time.GetUtcNow(), by, key.Status == StatusCodes.Status401Unauthorized ? AuditActions.LoginRefused : AuditActions.RequestRefused,
                    key.Request, null, key.Status == 0 ? null : $"{key.Status}", AuditOutcome.Refused);
        }
    }

    /// <summary>What was counted since the last call; nothing when that was less than a second ago, so that who reads often does not make a row of each.</summary>
    /// <param name="isForced">Also when it was.</param>
    public IReadOnlyList<(string Chain, AuditEntry Entry)> Take(bool isForced = false)
    {
        lock (_lock)
        {
            if (_counted.Count == 0 || (!isForced && time.GetElapsedTime(_taken) < s_least)) return [];
            var taken = _counted.Select(pair => (pair.Key.Chain, pair.Value)).ToArray();
            (_counted, _taken) = ([], time.GetTimestamp());
            return taken;
        }
    }
}
