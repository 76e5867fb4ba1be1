using Ptune.Contracts.Http;
using Ptune.Silo.Stores;

namespace Ptune.Silo.Tests.Stores;

public sealed class StateCleaningTests : IDisposable
{
    private static readonly DateTimeOffset Cutoff = new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly string _cache = Directory.CreateTempSubdirectory("ptune-states-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public void Clean_StatesThatWereNotReadForLong_AreRemovedWithTheirLocks()
    {
        Assert.Null(StateCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Write("old.safetensors", 100, Cutoff.AddDays(-1));
        Write("old.safetensors.lock", 0, Cutoff.AddDays(-1));
        Write("new.safetensors", 30, Cutoff.AddDays(1));

        var removed = new StoreUsageRow(StoreKinds.HiddenStates, 1, 100);
        Assert.Equal(removed, StateCleaning.Clean(_cache, Cutoff, isDryRun: true));
        Assert.Equal(removed, StateCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Assert.Null(StateCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Assert.Equal(["new.safetensors"], Directory.EnumerateFiles(Path.Combine(_cache, "data", "states")).Select(Path.GetFileName));
    }

    private void Write(string name, int bytes, DateTimeOffset read)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_cache, "data", "states")).FullName, name);
        File.WriteAllBytes(path, new byte[bytes]);
        File.SetLastAccessTimeUtc(path, read.UtcDateTime);
    }
}
