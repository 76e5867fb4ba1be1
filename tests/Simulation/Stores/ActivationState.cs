using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>
/// A grain's state between its activation and the store. A write takes its time; it may fail before it lands, be refused because of its ETag, or land
/// without an answer. It lands also when its silo has died meanwhile.
/// </summary>
internal sealed class ActivationState<TState>(GrainStore store, GrainKey key, Machine machine) : IPersistentState<TState>, IActivationState
{
    private long _etag;

    public TState State { get; set; } = default!;

    public string? Etag => _etag == 0 ? null : _etag.ToString(CultureInfo.InvariantCulture);

    public bool RecordExists { get; private set; }

    public Task ReadStateAsync() => On<bool>(0.02, done =>
    {
        var (state, etag) = store.Read(key);
        done(() =>
        {
            (State, _etag, RecordExists) = ((TState)state!, etag, state is not null);
            return true;
        });
    });

    public Task WriteStateAsync()
    {
        var (next, known) = (State!, _etag);
        machine.World.Seam.BeforeWrite(next);
        return On<bool>(0.03, done =>
        {
            var now = store.Write(key, next, known);
            done(() =>
            {
                if (now is not { } etag) throw new InconsistentStateException("somebody else has written");
                (_etag, RecordExists) = (etag, true);
                return true;
            });
        });
    }

    public Task ClearStateAsync() => throw new NotSupportedException();

    public Task ClearStateAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    public Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();

    private Task On<T>(double fault, Action<Action<Func<T>>> perform) => StoreTrip.GoAsync(machine, fault, perform);
}
