namespace Ptune.Contracts.Workers;

/// <summary>An order to a worker.</summary>
public enum WorkerOrder
{
    /// <summary>Take work.</summary>
    Work = 0,

    /// <summary>Take no more work, checkpoint what runs, give the leases back and leave.</summary>
    Drain = 1,
}
