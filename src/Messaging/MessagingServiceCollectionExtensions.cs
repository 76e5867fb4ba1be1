using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ptune.Contracts.Messages;
using Ptune.Messaging.DeadLetters;

namespace Ptune.Messaging;

/// <summary>Puts the bus into a host.</summary>
public static class MessagingServiceCollectionExtensions
{
    /// <summary>The health check's name. It carries the tag <c>ready</c>; a broker that is away makes it Degraded, since jobs are still accepted.</summary>
    public const string HealthCheck = "messaging";

    /// <summary>
    /// Registers the bus and <see cref="IWorkAnnouncer"/>; the bus starts and stops with the host, and starts without a broker too.
    /// </summary>
    /// <param name="services">The host's services. Where pools are listened to, they hold an <see cref="IWorkListener"/>.</param>
    /// <param name="options">How wake-ups travel.</param>
    /// <param name="listenToPools">The pools whose wake-ups this process takes; none on a silo without workers.</param>
    /// <exception cref="ArgumentException">The options or a pool's name cannot be used; the message says all that is wrong.</exception>
    public static IServiceCollection AddPtuneMessaging(this IServiceCollection services, MessagingOptions options, params string[] listenToPools)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        var queues = listenToPools.Distinct(StringComparer.Ordinal).Select(WorkQueues.NameOf).ToArray();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new ListenedPools(listenToPools.ToHashSet(StringComparer.Ordinal)));
        if (options.Transport == MessagingTransport.RabbitMq)
        {
            services.AddSingleton<BrokerTopology>().AddSingleton<IWorkAnnouncer, BrokerAnnouncer>().AddSingleton<IDeadLetters, BrokerDeadLetters>();
            services.AddSingleton<BrokerAlarmCheck>().AddHealthChecks().AddCheck<BrokerAlarmCheck>(BrokerAlarmCheck.Name, HealthStatus.Degraded, ["ready"]);
        }
        else
        {
            services.AddSingleton<MemoryAnnouncer>().AddSingleton<IWorkAnnouncer>(host => host.GetRequiredService<MemoryAnnouncer>()).AddSingleton<IDeadLetters, NoDeadLetters>();
        }

        services.AddMassTransit(bus =>
        {
            // It would report to its makers' server.
            bus.DisableUsageTelemetry();
            bus.AddConsumer<WakeConsumer>();
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = HealthCheck;
                health.MinimalFailureStatus = HealthStatus.Degraded;
                health.Tags.Add("ready");
            });
            AddTransport(bus, options, queues);
        });
        return services;
    }

    private static void AddTransport(IBusRegistrationConfigurator bus, MessagingOptions options, string[] queues)
    {
        if (options.Transport == MessagingTransport.RabbitMq)
        {
            bus.UsingRabbitMq((context, broker) =>
            {
                context.GetRequiredService<BrokerTopology>().Connect(broker);
                Listen(context, broker, options, queues);
            });
        }
        else
        {
            bus.UsingInMemory((context, memory) =>
            {
                memory.ConnectBusObserver(context.GetRequiredService<MemoryAnnouncer>());
                Listen(context, memory, options, queues);
            });
        }
    }

    private static void Listen(IBusRegistrationContext context, IReceiveConfigurator transport, MessagingOptions options, string[] queues)
    {
        foreach (var queue in queues)
        {
            transport.ReceiveEndpoint(queue, endpoint =>
            {
                WorkQueues.Describe(endpoint, options);
                endpoint.ConfigureConsumer<WakeConsumer>(context);
            });
        }
    }
}
