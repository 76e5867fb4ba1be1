using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Timers;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Messages;
using Ptune.Contracts.Stores;
using Ptune.Grains.Hosting;
using Ptune.Grains.Jobs;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.Stores;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>What one activation is given: its stored state, its silo's clock and timers, the catalog, the queue, and calls to other grains.</summary>
internal sealed class GrainServices(Activation activation) : IServiceProvider, IGrainRuntime, ITimerRegistry
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, ObjectFactory> s_factories = [];
    private static readonly NoMemoryEstimates s_estimates = new();
    private readonly List<MachineTimer> _timers = [];
    private IActivationState? _state;

    private Silo Silo => activation.Silo;

    private World World => Silo.World;

    public string SiloIdentity => Silo.Name;

    public SiloAddress SiloAddress => throw new NotSupportedException();

    public IGrainFactory GrainFactory => new GrainFactory(Silo);

    public ITimerRegistry TimerRegistry => this;

    public IServiceProvider ServiceProvider => this;

    public TimeProvider TimeProvider => Silo.Time;

    public object Create(Type grain) => s_factories.GetOrAdd(grain, type => ActivatorUtilities.CreateFactory(type, []))(this, []);

    /// <summary>The runtime reads a grain's state before it is activated.</summary>
    public Task ReadStateAsync() => _state?.ReadStateAsync() ?? Task.CompletedTask;

    public void StopTimers() => _timers.ForEach(t => t.Dispose());

    public object? GetService(Type type)
    {
        if (type == typeof(IGrainRuntime) || type == typeof(ITimerRegistry) || type == typeof(IServiceProvider)) return this;
        if (type == typeof(IGrainFactory)) return GrainFactory;
        if (type == typeof(TimeProvider)) return Silo.Time;
        if (type == typeof(ICatalog)) return new CatalogClient(World.Catalog, Silo);
        if (type == typeof(IAuditStore)) return new AuditClient(World.Audit, Silo);
        if (type == typeof(IWorkAnnouncer)) return World.Queue;
        if (type == typeof(IMemoryEstimates)) return s_estimates;
        if (type == typeof(IOptions<JobsOptions>)) return World.Options;
        if (type == typeof(IServiceProviderIsService)) return null;
        if (!type.IsGenericType) return null;
        if (type.GetGenericTypeDefinition() == typeof(ILogger<>)) return Activator.CreateInstance(typeof(NullLogger<>).MakeGenericType(type.GenericTypeArguments));
        if (type.GetGenericTypeDefinition() != typeof(IPersistentState<>)) return null;
        return _state ??= (IActivationState)Activator.CreateInstance(typeof(ActivationState<>).MakeGenericType(type.GenericTypeArguments), World.Store, activation.Key, Silo)!;
    }

    public void DeactivateOnIdle(IGrainContext grainContext) => Silo.After(0, activation.Leave);

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan)
    {
    }

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) => throw new NotSupportedException();

    public IDisposable RegisterTimer(IGrainContext grainContext, Func<object?, Task> asyncCallback, object? state, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(grainContext, (s, _) => asyncCallback(s), state, new GrainTimerCreationOptions(dueTime, period));

    public IGrainTimer RegisterGrainTimer<TState>(IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        var timer = new MachineTimer(Silo, () =>
        {
            if (World.Protocol != Protocol.WithoutSweep) _ = callback(state, CancellationToken.None);
        });
        timer.Change(options.DueTime, options.Period);
        _timers.Add(timer);
        return timer;
    }
}
