using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Pools;

/// <summary>
/// Places in the queue for jobs that were admitted and have not come yet. A job that is not there in time (it waits for its inputs, or its submit
/// failed) loses the place and is let in all the same when it comes: what was promised once is not refused.
/// </summary>
internal sealed class Admissions(string pool, TimeSpan kept)
{
    private readonly Dictionary<Account, Dictionary<string, DateTimeOffset>> _expected = [];

    /// <summary>Keeps places for all of them, or says why not.</summary>
    public string? Admit(Account account, IReadOnlyCollection<string> jobIds, DateTimeOffset now)
    {
        if (account.MaxQueued is null || jobIds.Count == 0) return null;
        if (!_expected.TryGetValue(account, out var expected)) _expected.Add(account, expected = []);
        foreach (var late in expected.Where(e => e.Value <= now).Select(e => e.Key).ToArray()) expected.Remove(late);
        var others = expected.Keys.Count(id => !jobIds.Contains(id));
        if (Quota.Refusal(account, others, jobIds.Count, pool) is { } refusal) return refusal;
        foreach (var id in jobIds) expected[id] = now + kept;
        return null;
    }

    public void Came(Account account, string jobId)
    {
        if (_expected.TryGetValue(account, out var expected)) expected.Remove(jobId);
    }
}
