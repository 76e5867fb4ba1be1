using System.Collections.Concurrent;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Pools;

/// <summary>Which pools were used lately, and by which tenants; by the monotonic clock.</summary>
internal sealed class UsedPools(TimeProvider time)
{
    /// <summary>The pool of a spec that names none: it is always there.</summary>
    public static readonly string Default = new Scheduling().Pool;

    /// <summary>How long a pool is named after its last use. Shorter than its grain stays awake unused: asked for its figures, it would wake again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _pools = [];
    private readonly ConcurrentDictionary<(string Tenant, string Pool), long> _tenants = [];

    /// <summary>How long it takes until every use has been seen once more, where that is long.</summary>
    public TimeSpan Round { get; set; }

    /// <summary>The default pool, and those used lately.</summary>
    public IEnumerable<string> Names => Recent(_pools).Append(Default).Distinct();

    public void See(string pool) => _pools[pool] = time.GetTimestamp();

    public void See(string tenant, string pool)
    {
        See(pool);
        _tenants[(tenant, pool)] = time.GetTimestamp();
    }

    public void See(PoolView view)
    {
        if (view.Queued + view.Leased + view.Workers.Length > 0) See(view.Name);
        foreach (var tenant in view.Tenants ?? []) See(tenant.Name, view.Name);
    }

    /// <summary>Why a tenant may not have jobs in this pool, too; null when it may. It counts from now on.</summary>
    /// <param name="tenant">Who submits.</param>
    /// <param name="pool">Where to. One that is used already is not the tenant's.</param>
    /// <param name="most">How many pools a tenant may have jobs in.</param>
    public string? Refusal(string tenant, string pool, int most)
    {
        if (!Names.Contains(pool) && Recent(_tenants).Count(t => t.Tenant == tenant) >= most)
            return $"{tenant} has jobs in {most} pools, as many as it may; '{pool}' would be one more.";
        See(tenant, pool);
        return null;
    }

    private ICollection<TKey> Recent<TKey>(ConcurrentDictionary<TKey, long> seen)
        where TKey : notnull
    {
        foreach (var late in seen.Where(s => time.GetElapsedTime(s.Value) > Kept + Round)) seen.TryRemove(late);
        return seen.Keys;
    }
}
