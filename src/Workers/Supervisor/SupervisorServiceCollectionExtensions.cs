using Microsoft.Extensions.DependencyInjection;

namespace Ptune.Supervisor;

/// <summary>Puts a worker into a host.</summary>
public static class SupervisorServiceCollectionExtensions
{
    /// <summary>
    /// Registers a worker, which starts and stops with the host, and the <see cref="Contracts.Messages.IWorkListener"/> that wakes it. The host
    /// holds an <see cref="IGrainFactory"/> (a client's or a silo's own), an <see cref="Contracts.Stores.IBlobStore"/>, and the bus listening
    /// to the worker's pool: <c>AddPtuneMessaging(options, worker.Pool)</c>. Its stop takes up to <see cref="WorkerOptions.GracePeriod"/>: the host's
    /// ShutdownTimeout is raised to that where it is shorter.
    /// </summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message says all that is wrong.</exception>
    public static IServiceCollection AddSupervisor(this IServiceCollection services, WorkerOptions options)
    {
        throw new NotImplementedException();
    }
}
