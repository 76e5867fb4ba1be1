namespace Ptune.Simulation.Tests;

/// <summary>The lease protocol as it is, or broken on purpose in one place.</summary>
internal enum Protocol
{
    AsItIs,

    /// <summary>A result is taken from whoever brings it.</summary>
    WithoutFence,

    /// <summary>A checkpoint is taken from whoever brings it.</summary>
    StaleCheckpoints,

    /// <summary>An attempt's number is not written: after a crash the next attempt has the same.</summary>
    EpochNotStored,

    /// <summary>Leases do not run out.</summary>
    WithoutExpiry,

    /// <summary>Writes are not guarded by ETags.</summary>
    WithoutETag,

    /// <summary>The catalog is told of a change before it is written.</summary>
    TellsFirst,

    /// <summary>What a state still owes is not stored with it.</summary>
    WithoutOutbox,

    /// <summary>The sweep does not visit the jobs.</summary>
    WithoutSweep,

    /// <summary>It is not noted that a row is to come.</summary>
    WithoutNotes,

    /// <summary>The catalog takes a permit that another job has.</summary>
    WithoutPermits,

    /// <summary>Workers do not say which lease they received last.</summary>
    ForgottenLeases,

    /// <summary>A sweep (of trials) is not visited: it hears of its jobs by their own word alone.</summary>
    DeafSweep,

    /// <summary>What a sweep (of trials) still owes its jobs is not stored with it.</summary>
    ForgetfulSweep,

    /// <summary>The audit trail takes a row whose key it has.</summary>
    AuditWithoutKeys,

    /// <summary>What a state owes the audit trail is not stored with it.</summary>
    AuditNotOwed,

    /// <summary>The catalog counts the device time of an attempt that it has.</summary>
    DeviceTimeWithoutKeys,

    /// <summary>The device time that a state owes is not stored with it.</summary>
    DeviceTimeNotOwed,
}
