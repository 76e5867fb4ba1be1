using Orleans;
using Orleans.Runtime;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>What a grain knows of the runtime: its id and its services.</summary>
internal sealed class GrainContext(GrainKey key, IServiceProvider services) : IGrainContext
{
    public GrainId GrainId { get; } = GrainId.Create(key.Grain.Name, key.Key);

    public IServiceProvider ActivationServices => services;

    public GrainReference GrainReference => throw Unsupported();

    public object? GrainInstance => throw Unsupported();

    public ActivationId ActivationId => throw Unsupported();

    public GrainAddress Address => throw Unsupported();

    public IGrainLifecycle ObservableLifecycle => throw Unsupported();

    public IWorkItemScheduler Scheduler => throw Unsupported();

    public Task Deactivated => throw Unsupported();

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class => throw Unsupported();

    public object? GetComponent(Type componentType) => null;

    public object GetTarget() => throw Unsupported();

    public void ReceiveMessage(object message) => throw Unsupported();

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken) => throw Unsupported();

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken) => throw Unsupported();

    public void Rehydrate(IRehydrationContext context) => throw Unsupported();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken) => throw Unsupported();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    private static NotSupportedException Unsupported() => new("The simulation has no such thing; a grain that needs it needs a larger simulation.");
}
