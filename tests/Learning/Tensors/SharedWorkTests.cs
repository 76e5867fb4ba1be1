using Ptune.Learning.Tensors;

namespace Ptune.Learning.Tests.Tensors;

public sealed class SharedWorkTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(100, 1)]
    [InlineData(100, 2)]
    [InlineData(1_000, 8)]
    public void Run_AnyThreads_DoesEachPartOnce(int parts, int threads)
    {
        var work = new Counts(parts);
        work.Run(parts, threads);
        Assert.All(work.Done, count => Assert.Equal(1, count));
    }

    private sealed class Counts(int parts) : SharedWork
    {
        public int[] Done { get; } = new int[parts];

        protected override void Do(int part) => Interlocked.Increment(ref Done[part]);
    }
}
