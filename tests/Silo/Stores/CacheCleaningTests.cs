using Ptune.Contracts.Http;
using Ptune.Silo.Stores;

namespace Ptune.Silo.Tests.Stores;

public sealed class CacheCleaningTests : IDisposable
{
    private static readonly DateTimeOffset Cutoff = new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly string _cache = Directory.CreateTempSubdirectory("ptune-states-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Theory]
    [InlineData("states", StoreKinds.HiddenStates)]
    [InlineData("encodings", StoreKinds.EncodedTexts)]
    [InlineData("splits", StoreKinds.Splits)]
    [InlineData("weights", StoreKinds.ConvertedWeights)]
    public void Clean_FilesThatWereNotReadForLong_AreRemovedWithTheirLocks(string folder, string kind)
    {
        Assert.Empty(CacheCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Write(folder, "old.safetensors", 100, Cutoff.AddDays(-1));
        Write(folder, "old.safetensors.lock", 0, Cutoff.AddDays(-1));
        Write(folder, "new.safetensors", 30, Cutoff.AddDays(1));

        StoreUsageRow[] removed = [new(kind, 1, 100)];
        Assert.Equal(removed, CacheCleaning.Clean(_cache, Cutoff, isDryRun: true));
        Assert.Equal(removed, CacheCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Assert.Empty(CacheCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Assert.Equal(["new.safetensors"], Names(folder));
    }

    [Fact]
    public void Clean_LockThatIsHeld_Stays()
    {
        Write("weights", "made.safetensors.lock", 0, Cutoff.AddDays(-1));
        using (File.Open(Path.Combine(_cache, "data", "weights", "made.safetensors.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Empty(CacheCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Assert.Equal(["made.safetensors.lock"], Names("weights"));
    }

    [Fact]
    public void Clean_WhatWasFetched_Stays()
    {
        Write("", "texts.jsonl", 10, Cutoff.AddDays(-9));
        Write("other", "texts.jsonl", 10, Cutoff.AddDays(-9));
        Assert.Empty(CacheCleaning.Clean(_cache, Cutoff, isDryRun: false));
        Assert.Equal(["texts.jsonl"], Names(""));
        Assert.Equal(["texts.jsonl"], Names("other"));
    }

    private string[] Names(string folder) => [.. Directory.EnumerateFiles(Path.Combine(_cache, "data", folder)).Select(path => Path.GetFileName(path))];

    private void Write(string folder, string name, int bytes, DateTimeOffset read)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_cache, "data", folder)).FullName, name);
        File.WriteAllBytes(path, new byte[bytes]);
        File.SetLastAccessTimeUtc(path, read.UtcDateTime);
    }
}
