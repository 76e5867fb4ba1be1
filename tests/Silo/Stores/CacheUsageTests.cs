using Ptune.Contracts.Http;
using Ptune.Silo.Stores;

namespace Ptune.Silo.Tests.Stores;

public sealed class CacheUsageTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("ptune-cache-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public void Of_Cache_CountsEveryByteOnceByItsKind()
    {
        Assert.Empty(CacheUsage.Of(Path.Combine(_cache, "none"), CancellationToken.None));
        Write(1000, "artifacts", "sha256-1", "model.safetensors");
        Write(100, "data", "texts", "a.jsonl");
        Write(30, "data", "states", "1.safetensors");
        Write(7, "data", "encodings", "2.safetensors");
        Write(0, "data", "encodings", "2.safetensors.lock");
        Write(8, "data", "encodings", "3.safetensors");
        Write(9, "data", "splits", "5.safetensors");
        Write(2, "data", "weights", "4.safetensors");
        // Not one of these folders, though it has the name of one.
        Write(500, "data", "texts", "weights", "b.jsonl");
        File.CreateSymbolicLink(Path.Combine(_cache, "link"), Path.Combine(_cache, "artifacts", "sha256-1", "model.safetensors"));

        Assert.Equal(
            [new(StoreKinds.WorkerCache, 3, 1600), new(StoreKinds.HiddenStates, 1, 30), new(StoreKinds.EncodedTexts, 2, 15), new(StoreKinds.Splits, 1, 9), new StoreUsageRow(StoreKinds.ConvertedWeights, 1, 2)],
            CacheUsage.Of(_cache, CancellationToken.None));
    }

    private void Write(int bytes, params string[] path)
    {
        var file = Path.Combine([_cache, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, new byte[bytes]);
    }
}
