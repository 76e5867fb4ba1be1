using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>The states of all grains, guarded by ETags. It fails only by what happens on the way to it.</summary>
internal sealed class GrainStore(World world)
{
    private readonly Dictionary<GrainKey, (object State, long ETag)> _records = [];

    public (object? State, long ETag) Read(GrainKey key) => _records.TryGetValue(key, out var record) ? record : (null, 0);

    public TState? Find<TState>(GrainKey key)
        where TState : class => _records.TryGetValue(key, out var record) ? (TState)record.State : null;

    /// <returns>The new ETag; null when another one was known.</returns>
    public long? Write(GrainKey key, object next, long known)
    {
        var (state, etag) = Read(key);
        if (known != etag && world.Protocol != Protocol.WithoutETag) return null;
        world.AuditPromises.Written(next);
        next = world.Seam.Stored(state, next);
        world.Promises.Written(key, state, next);
        _records[key] = (next, ++etag);
        return etag;
    }
}
