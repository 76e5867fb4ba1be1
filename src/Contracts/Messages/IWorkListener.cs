namespace Ptune.Contracts.Messages;

/// <summary>A worker's ear on its pool's queue; each wake-up calls it once. The message is acknowledged when the call returns.</summary>
public interface IWorkListener
{
    Task WakeAsync(string pool, CancellationToken cancellation = default);
}
