using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Pools.Policies;

/// <summary>A hard constraint: how much of a pool a tenant may have at a time.</summary>
internal static class Quota
{
    /// <summary>No further job of the tenant may run now.</summary>
    public static bool IsFull(Account account) => account.Taken >= account.MaxRunning;

    /// <summary>Why so many more jobs of the tenant may not wait; null when they may.</summary>
    /// <param name="account">The tenant.</param>
    /// <param name="expected">Jobs that were admitted and have not come yet.</param>
    /// <param name="more">Jobs that ask for a place.</param>
    /// <param name="pool">The pool's name.</param>
    public static string? Refusal(Account account, int expected, int more, string pool)
    {
        if (account.MaxQueued is not { } most || account.Queued + expected + more <= most) return null;
        var asked = more == 1 ? "" : $"; this would add {more}";
        return $"Tenant {account.Name} has {account.Queued + expected} of at most {most} jobs waiting in pool {pool}{asked}.";
    }
}
