namespace Ptune.Contracts.Stores;

/// <summary>A row was not written, because another job of its tenant and pool has the permit that it names.</summary>
public sealed class PermitTakenException(string tenant, string pool, int permit)
    : IOException($"another job of {tenant} has permit {permit} in pool {pool}");
