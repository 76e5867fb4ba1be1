namespace Ptune.Contracts.Messages;

/// <summary>Publishes wake-ups on a pool's queue.</summary>
public interface IWorkAnnouncer
{
    /// <summary>Wakes one idle worker of the pool. Returns fast; a broker that is away is an exception that the caller may ignore.</summary>
    Task AnnounceAsync(string pool, CancellationToken cancellation = default);
}
