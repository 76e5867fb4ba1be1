using Orleans.Concurrency;

namespace Ptune.Contracts.Audit;

/// <summary>One chain of the audit trail; the key is its name (<see cref="AuditChains"/>). It alone writes the chain. It calls no grain but the system's chain, which calls none, so that every grain may wait for it.</summary>
[Alias("ptune.IAuditChainGrain")]
public interface IAuditChainGrain : IGrainWithStringKey
{
    /// <summary>Writes the entry, unless one with its key is there. Answers when it is stored; entries that arrive together share one write.</summary>
    /// <exception cref="AuditUnavailableException">The store does not answer, or too many entries wait.</exception>
    [Alias("Append")]
    Task Append(AuditEntry entry);

    /// <summary>The chain's ends, as they are stored now.</summary>
    [Alias("Head"), AlwaysInterleave]
    Task<AuditHead> Head();

    /// <summary>Removes rows that were written before <paramref name="time"/>; the rest still verifies.</summary>
    /// <returns>How many were removed.</returns>
    [Alias("Prune")]
    Task<long> Prune(DateTimeOffset time);

    /// <summary>Of the system's chain: that there is a chain with this name.</summary>
    [Alias("Know")]
    Task Know(string chain);

    /// <summary>Of the system's chain: all chains but itself.</summary>
    [Alias("Chains"), AlwaysInterleave]
    Task<string[]> Chains();
}
