using Ptune.Learning.Tuning;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

public sealed class ExampleOrderTests
{
    [Fact]
    public void Rows_OfAnEpoch_AreEveryExampleOnce()
    {
        using var order = new ExampleOrder(1, 10, 4, CPU);
        Assert.Equal(3, order.StepsPerEpoch);
        long[][] batches = [.. Enumerable.Range(0, 3).Select(step => Rows(order, step))];
        Assert.Equal([4, 4, 2], batches.Select(b => b.Length));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), batches.SelectMany(b => b).Order());
    }

    [Fact]
    public void Rows_OfTwoEpochs_AreInTwoOrders()
    {
        using var order = new ExampleOrder(1, 100, 100, CPU);
        Assert.NotEqual(Rows(order, 0), Rows(order, 1));
    }

    [Fact]
    public void Rows_ReachedFromElsewhere_AreTheSame()
    {
        using var straight = new ExampleOrder(1, 10, 4, CPU);
        for (int step = 0; step < 5; step++) Rows(straight, step);
        using var resumed = new ExampleOrder(1, 10, 4, CPU);
        Assert.Equal(Rows(straight, 5), Rows(resumed, 5));
    }

    private static long[] Rows(ExampleOrder order, long step)
    {
        using var rows = order.Rows(step);
        return rows.data<long>().ToArray();
    }
}
