namespace Ptune.Grains.Pools.Index;

/// <summary>
/// A tenant's quota in a pool as permits, numbered from 0: each running job has one, by its row in the catalog, where no two have the same. So the quota
/// holds also while two activations of the pool give jobs away and neither knows of the other's.
/// </summary>
/// <param name="most">The quota.</param>
internal sealed class Permits(int most)
{
    private readonly Dictionary<int, int> _held = [];
    private readonly HashSet<int> _elsewhere = [];
    private int _next;

    /// <summary>The quota. Where it has become smaller, jobs may have permits beyond it until they end.</summary>
    public int Most { get; set; } = most;

    /// <summary>Permits that jobs have of which the pool does not know that they run.</summary>
    public int Elsewhere => _elsewhere.Count;

    /// <summary>A permit that is free as far as is known, the one that was not asked for the longest first: the last job's row may be still on its way.</summary>
    /// <exception cref="InvalidOperationException">All are taken: the quota was not looked at.</exception>
    public int Next()
    {
        for (var tried = 0; tried < Most; tried++)
        {
            var permit = (_next + tried) % Most;
            if (_held.ContainsKey(permit) || _elsewhere.Contains(permit)) continue;
            _next = (permit + 1) % Most;
            return permit;
        }
        throw new InvalidOperationException($"All {Most} permits are taken.");
    }

    /// <summary>A running job has it, as far as is known.</summary>
    public void Hold(int permit)
    {
        _held[permit] = _held.GetValueOrDefault(permit) + 1;
        _elsewhere.Remove(permit);
    }

    /// <summary>A job that had it does not run any more, or has another one.</summary>
    public void Release(int permit)
    {
        if (_held.GetValueOrDefault(permit) > 1) _held[permit]--;
        else _held.Remove(permit);
    }

    /// <summary>The catalog has refused it: a job has it that is not known.</summary>
    public void Miss(int permit)
    {
        if (!_held.ContainsKey(permit)) _elsewhere.Add(permit);
    }

    /// <summary>What was refused some time ago may be free again.</summary>
    public void ForgetElsewhere() => _elsewhere.Clear();
}
