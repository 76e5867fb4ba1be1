using Orleans.Runtime;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Shell;

/// <summary>A stored state whose writes fail as told.</summary>
internal sealed class StoredCount : IPersistentState<Counted>
{
    public StorageFault Next { get; set; }

    public Counted? Stored { get; set; }

    public int Writes { get; private set; }

    public Counted State { get; set; } = null!;

    /// <summary>What the next read finds.</summary>
    public string? StoredEtag { get; set; }

    public string? Etag { get; private set; }

    public bool RecordExists => Stored is not null;

    public Task ReadStateAsync()
    {
        (State, Etag) = (Stored!, StoredEtag);
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync()
    {
        await Task.Yield();
        var (fault, state) = (Next, State);
        Next = StorageFault.None;
        if (fault == StorageFault.BeforeWrite) throw new IOException("full");
        if (fault == StorageFault.Conflict) throw new global::Orleans.Storage.InconsistentStateException("conflict");
        Stored = state;
        Writes++;
        if (fault == StorageFault.AfterWrite) throw new TimeoutException("no answer");
    }

    public Task ClearStateAsync() => throw new NotSupportedException();
}
