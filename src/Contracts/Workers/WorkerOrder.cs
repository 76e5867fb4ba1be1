namespace Ptune.Contracts.Workers;

/// <summary>What a worker is to do.</summary>
public enum WorkerOrder
{
    /// <summary>Take work.</summary>
    Work = 0,

    /// <summary>Take no more work, checkpoint what runs, give the leases back and leave.</summary>
    Drain = 1,
}
