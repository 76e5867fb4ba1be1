namespace Ptune.Contracts.Workers;

/// <summary>An order to a worker.</summary>
public enum WorkerOrder
{
    /// <summary>Take work.</summary>
    Work = 0,

    /// <summary>Take no more work, checkpoint what runs, give the leases back and leave.</summary>
    Drain = 1,

    /// <summary>Not to work at all: another process reports under this id, and lives or has done so lately. <see cref="IWorkerGrain.Get"/> says which.</summary>
    Refused = 2,
}
