using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Orleans;
using Ptune.Contracts.Identity;

namespace Ptune.Grains.Identity;

/// <summary>
/// The API keys that this silo remembers, each for <see cref="Lifetime"/>: the most that a revoked key can be used on a silo that nobody could reach to tell.
/// Ids that are no keys are remembered, too.
/// </summary>
public sealed class ApiKeyCache(IGrainFactory grains, TimeProvider time) : IDisposable
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>How often a key's grain hears that it is used.</summary>
    private static readonly TimeSpan UseTold = TimeSpan.FromMinutes(1);

    /// <summary>More keys are not remembered at a time.</summary>
    private const int Most = 10_000;

    /// <summary>Look-ups at a time: whoever guesses ids waits in line, and known keys pass by it.</summary>
    private readonly SemaphoreSlim _lookups = new(32);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private long _forgotten;

    /// <summary>The key, if the secret is right; it may have expired or been revoked. Null: there is no such key.</summary>
    /// <exception cref="Exception">The cluster did not answer.</exception>
    public async ValueTask<ApiKeyView?> FindAsync(ApiKeyText text)
    {
        var entry = _entries.TryGetValue(text.Id, out var known) && IsFresh(known) ? known : await ReadAsync(text.Id);
        if (entry.Record is not { } record || !Same(record.Hash, text.Hash())) return null;
        if (time.GetElapsedTime(Interlocked.Read(ref entry.Told)) >= UseTold) Tell(text.Id, entry);
        return record.Key;
    }

    /// <summary>The next request with this key asks its grain.</summary>
    public void Forget(string id)
    {
        Interlocked.Increment(ref _forgotten);
        _entries.TryRemove(id, out _);
    }

    public void Dispose() => _lookups.Dispose();

    private async Task<Entry> ReadAsync(string id)
    {
        await _lookups.WaitAsync();
        try
        {
            while (true)
            {
                var before = Interlocked.Read(ref _forgotten);
                // The age counts from the question: the answer may be as old.
                var asked = time.GetTimestamp();
                var record = await grains.GetGrain<IApiKeyGrain>(id).Find();
                var entry = new Entry(record, asked) { Told = _entries.TryGetValue(id, out var former) ? Interlocked.Read(ref former.Told) : asked - (long)(UseTold.TotalSeconds * time.TimestampFrequency) };
                Keep(id, entry);
                // A key that was revoked between the answer and the entry would come back; then it is asked again.
                if (before == Interlocked.Read(ref _forgotten)) return entry;
                _entries.TryRemove(id, out _);
            }
        }
        finally
        {
            _lookups.Release();
        }
    }

    private void Keep(string id, Entry entry)
    {
        if (_entries.Count >= Most)
        {
            foreach (var (old, stale) in _entries)
                if (!IsFresh(stale)) _entries.TryRemove(old, out _);
            if (_entries.Count >= Most) _entries.Clear();
        }
        _entries[id] = entry;
    }

    /// <summary>Nobody waits for it, and a use that is not told is told with the next one.</summary>
    private void Tell(string id, Entry entry)
    {
        Interlocked.Exchange(ref entry.Told, time.GetTimestamp());
        _ = grains.GetGrain<IApiKeyGrain>(id).Used().ContinueWith(told => _ = told.Exception, TaskScheduler.Default);
    }

    private bool IsFresh(Entry entry) => time.GetElapsedTime(entry.Asked) < Lifetime;

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    private sealed class Entry(ApiKeyRecord? record, long asked)
    {
        public long Told;

        public ApiKeyRecord? Record => record;

        public long Asked => asked;
    }
}
