using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace Ptune.Storage.Azure;

/// <summary>
/// Entities as this process has last written them, so that a change need not look first. What is remembered wrongly (another silo went on) costs a
/// refused transaction, never a wrong row, since the ETag guards it.
/// </summary>
internal sealed class KnownEntities
{
    // An entity has some twenty properties: a few megabytes.
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, TableEntity> _entities = new(StringComparer.Ordinal);

    public TableEntity? Find(string key) => _entities.GetValueOrDefault(key);

    public TableEntity? Forget(string key) => _entities.TryRemove(key, out var known) ? known : null;

    public void Remember(string key, TableEntity? entity)
    {
        Forget(key);
        if (entity is null || entity.ETag == default(ETag)) return;
        // Rather anew than by age: it is refilled as jobs go on.
        if (_entities.Count >= Most) _entities.Clear();
        _entities[key] = entity;
    }
}
