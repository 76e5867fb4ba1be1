using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Ptune.Contracts.Messages;
using Ptune.Supervisor.Attempts;
using Ptune.Supervisor.Slots;

namespace Ptune.Supervisor;

/// <summary>Puts a worker into a host.</summary>
public static class SupervisorServiceCollectionExtensions
{
    // What the host needs besides to stop.
    private static readonly TimeSpan s_stopMargin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Registers a worker, which starts and stops with the host, and the <see cref="IWorkListener"/> that wakes it. The host holds an
    /// <see cref="IGrainFactory"/> (a client's or a silo's own), the stores (<c>AddEmbeddedStorage</c>, <c>AddAzureBlobs</c>, ...), and the bus listening
    /// to the worker's pool: <c>AddPtuneMessaging(options, worker.Pool)</c>. Its leaving takes up to <see cref="WorkerOptions.GracePeriod"/>: the host's
    /// ShutdownTimeout is raised to that where it is shorter.
    /// </summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message says all that is wrong, a line each.</exception>
    public static IServiceCollection AddSupervisor(this IServiceCollection services, WorkerOptions options, HubOptions? hub = null) => services.AddSupervisor(options, hub, endsHost: false);

    internal static IServiceCollection AddSupervisor(this IServiceCollection services, WorkerOptions options, HubOptions? hub, bool endsHost)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join('\n', problems));
        var worker = new Worker(options, hub ?? new HubOptions(), endsHost);
        var bell = new WakeSignal(worker.Devices.Length);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(worker);
        services.AddSingleton(bell).AddSingleton<IWorkListener>(bell);
        services.AddSingleton<GrainCalls>().AddSingleton<AttemptServices>().AddSingleton<CheckpointCollector>();
        services.AddHostedService<WorkerService>();
        services.PostConfigure<HostOptions>(host =>
        {
            if (host.ShutdownTimeout < options.GracePeriod + s_stopMargin) host.ShutdownTimeout = options.GracePeriod + s_stopMargin;
        });
        return services;
    }
}
