namespace Ptune.Contracts.Messages;

/// <summary>Listens on a pool's queue for a worker; each wake-up calls it once. The message is acknowledged when the call returns.</summary>
public interface IWorkListener
{
    Task WakeAsync(string pool, CancellationToken cancellation = default);
}
