using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>One activation of one grain: the production class, made and called as the runtime does.</summary>
internal sealed class Activation
{
    private delegate void Enter(IGrainContext? now, out IGrainContext? before);

    // A grain's constructor takes its context from the thread; only the runtime can put it there.
    private static readonly Enter s_enter = Method("SetExecutionContext").CreateDelegate<Enter>();
    private static readonly Action<IGrainContext?> s_leave = Method("ResetExecutionContext").CreateDelegate<Action<IGrainContext?>>();

    private readonly GrainServices _services;

    public Activation(Silo silo, GrainKey key)
    {
        (Silo, Key) = (silo, key);
        _services = new GrainServices(this);
        Ready = StartAsync();
    }

    public Silo Silo { get; }

    public GrainKey Key { get; }

    public Grain? Instance { get; private set; }

    /// <summary>Completes when it may be called.</summary>
    public Task Ready { get; }

    public bool HasLeft { get; private set; }

    /// <summary>Calls that are under way; the runtime does not take an activation from memory while there are any.</summary>
    public int Calls { get; set; }

    /// <summary>It leaves memory: the next call makes another one.</summary>
    public void Leave()
    {
        if (HasLeft) return;
        HasLeft = true;
        if (Silo.Activations.GetValueOrDefault(Key) == this) Silo.Activations.Remove(Key);
        Silo.World.Note(Silo, $"deactivates {Silo.World.Short(Key)}");
        _services.StopTimers();
        _ = Instance?.OnDeactivateAsync(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "simulated"), CancellationToken.None);
    }

    private async Task StartAsync()
    {
        try
        {
            var context = new GrainContext(Key, _services);
            s_enter(context, out var before);
            try
            {
                Instance = (Grain)_services.Create(Key.Grain);
            }
            finally
            {
                s_leave(before);
            }
            await _services.ReadStateAsync();
            await Instance.OnActivateAsync(CancellationToken.None);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    private static MethodInfo Method(string name) =>
        typeof(IGrainContext).Assembly.GetType("Orleans.Runtime.RuntimeContext", throwOnError: true)!.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
}
