using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>
/// Grain state as JSON in memory, guarded by ETags, with faults: a write may fail before it lands, or after it has. It outlives a silo.
/// </summary>
internal sealed class MemoryStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, long ETag)> _records = new();

    /// <summary>Asked at each write, with the state about to be written.</summary>
    public Func<GrainId, object, StorageFault> Fault { get; set; } = (_, _) => StorageFault.None;

    /// <summary>Asked at each read.</summary>
    public Func<GrainId, bool> FailsToRead { get; set; } = _ => false;

    public int Writes { get; private set; }

    public string Json(string stateName, GrainId grain) => _records[Key(stateName, grain)].Json;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailsToRead(grainId)) throw new IOException("the disk does not answer");
        if (!_records.TryGetValue(Key(stateName, grainId), out var record))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = (default!, null, false);
            return Task.CompletedTask;
        }
        grainState.State = JsonSerializer.Deserialize<T>(record.Json, SpecJson.Options)!;
        (grainState.ETag, grainState.RecordExists) = (record.ETag.ToString(CultureInfo.InvariantCulture), true);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var fault = Fault(grainId, grainState.State!);
        if (fault == StorageFault.BeforeWrite) throw new IOException("the disk is full");
        lock (_records)
        {
            Writes++;
            var key = Key(stateName, grainId);
            var stored = _records.TryGetValue(key, out var record) ? record.ETag.ToString(CultureInfo.InvariantCulture) : null;
            if (fault == StorageFault.Conflict || stored != grainState.ETag)
                throw new InconsistentStateException("somebody else has written", stored, grainState.ETag);
            var next = record.ETag + 1;
            _records[key] = (JsonSerializer.Serialize(grainState.State, SpecJson.Options), next);
            if (fault == StorageFault.AfterWrite) throw new TimeoutException("no answer from the store");
            (grainState.ETag, grainState.RecordExists) = (next.ToString(CultureInfo.InvariantCulture), true);
        }
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove(Key(stateName, grainId), out _);
        return Task.CompletedTask;
    }

    /// <summary>Writes behind the grain's back, as another activation does.</summary>
    public void Change<T>(string stateName, GrainId grain, Func<T, T> change)
    {
        lock (_records)
        {
            var key = Key(stateName, grain);
            var (json, etag) = _records[key];
            _records[key] = (JsonSerializer.Serialize(change(JsonSerializer.Deserialize<T>(json, SpecJson.Options)!), SpecJson.Options), etag + 1);
        }
    }

    private static string Key(string stateName, GrainId grain) => $"{stateName}|{grain}";
}
