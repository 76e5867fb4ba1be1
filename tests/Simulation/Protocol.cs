namespace Ptune.Simulation.Tests;

/// <summary>The lease protocol as it is, or broken on purpose in one place.</summary>
internal enum Protocol
{
    AsItIs,

    /// <summary>A result is taken from whoever brings it.</summary>
    WithoutFence,

    /// <summary>Leases do not run out.</summary>
    WithoutExpiry,

    /// <summary>Writes are not guarded by ETags.</summary>
    WithoutETag,

    /// <summary>The catalog is told of changes that a crash may take back.</summary>
    TellsVolatile,

    /// <summary>The sweep does not visit the jobs.</summary>
    WithoutSweep,
}
