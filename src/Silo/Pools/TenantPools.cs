using System.Collections.Concurrent;

namespace Ptune.Silo.Pools;

/// <summary>In which pools tenants have had jobs lately, by the monotonic clock.</summary>
internal sealed class TenantPools(TimeProvider time)
{
    /// <summary>How long a pool counts after a job of the tenant was last seen in it, or submitted.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Tenant, string Pool), long> _seen = [];

    /// <summary>How long it takes until every job has been seen once more.</summary>
    public TimeSpan Round { get; set; }

    public void See(string tenant, string pool) => _seen[(tenant, pool)] = time.GetTimestamp();

    /// <summary>Why a tenant may not make this pool, too; null when it may. It counts from now on.</summary>
    /// <param name="tenant">Who submits.</param>
    /// <param name="pool">A pool that nobody uses yet.</param>
    /// <param name="most">How many pools a tenant may have jobs in.</param>
    public string? Refusal(string tenant, string pool, int most)
    {
        foreach (var late in _seen.Where(s => time.GetElapsedTime(s.Value) > Kept + Round)) _seen.TryRemove(late);
        if (!_seen.ContainsKey((tenant, pool)) && _seen.Keys.Count(s => s.Tenant == tenant) >= most)
            return $"{tenant} has jobs in {most} pools, as many as it may; '{pool}' would be one more.";
        See(tenant, pool);
        return null;
    }
}
