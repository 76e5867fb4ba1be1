using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.Language;

public sealed class HiddenStateCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Of_TheSameBatchOfTheSameNetwork_IsComputedOnce()
    {
        var cache = New();
        var (ids, rows) = (arange(6, ScalarType.Int64).view(2, 3), arange(4, ScalarType.Int64));
        var states = rand(4, 5);
        int computed = 0;
        Tensor Compute()
        {
            computed++;
            return states.alias();
        }

        foreach (string network in new[] { "one", "one", "other" })
            Assert.True(states.equal(cache.Of(network, ScalarType.Float32).Of(ids, SequenceLayout.Of(ids), rows, Compute)).all().item<bool>());
        var kept = cache.Of("one", ScalarType.Float32);
        kept.Of(ids, SequenceLayout.Of(ids), rows, Compute);
        Assert.Equal(((1L, 0L), 2), (kept.Count, computed));
        // Anything else that decides the states makes others.
        kept.Of(ids + 1, SequenceLayout.Of(ids), rows, Compute);
        kept.Of(ids, SequenceLayout.Of(ids, 1), rows, Compute);
        kept.Of(ids, SequenceLayout.Padded(tensor(new long[,] { { 1, 1, 1 }, { 1, 1, 0 } })), rows, Compute);
        kept.Of(ids, SequenceLayout.Of(ids), rows.flip(0), Compute);
        kept.Of(ids.view(3, 2), SequenceLayout.Of(ids.view(3, 2)), rows, Compute);
        cache.Of("one", ScalarType.BFloat16).Of(ids, SequenceLayout.Of(ids), rows, Compute);
        new HiddenStateCache(_folder.Path, 1 << 20, "another environment").Of("one", ScalarType.Float32).Of(ids, SequenceLayout.Of(ids), rows, Compute);
        Assert.Equal(9, computed);
    }

    [Fact]
    public void Open_WhileAnotherMakesIt_IsNotMadeTwice()
    {
        var cache = New();
        var held = CachedFiles.TakeLock(Path.Combine(_folder.Path, $"ab{CachedFiles.Extension}"));
        Assert.Null(cache.Open("ab", () => throw new InvalidOperationException()));

        using var file = cache.Open("ab", () => ones(2, 3), wait: () => held!.Dispose());

        Assert.Equal(6, HiddenStateCache.Read(file!).sum().item<float>());
    }

    [Fact]
    public void MakeRoom_RemovesWhatWasNotUsedForTheLongestTime()
    {
        var cache = New(budget: 1000);
        for (int i = 0; i < 3; i++)
        {
            cache.Open($"{i}", () => ones(50))!.Dispose();
            File.SetLastAccessTimeUtc(Path.Combine(_folder.Path, $"{i}.safetensors"), DateTime.UnixEpoch.AddDays(10 - i));
        }

        Assert.True(cache.MakeRoom(600));
        Assert.False(cache.MakeRoom(1001));
        Assert.Equal(["0.safetensors"], Directory.EnumerateFiles(_folder.Path, "*.safetensors").Select(Path.GetFileName));
    }

    private HiddenStateCache New(long budget = 1 << 20) => new(_folder.Path, budget, "here");
}
