using CsCheck;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Tests.Pools.Index;

public sealed class LineTests
{
    private static readonly Lane _lane = new(100, new Account("default", new TenantOptions()), Shape.Any);

    [Fact]
    public void Line_ManyRandomChanges_IsAsASortedSet() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var (line, model) = (new Line(), new SortedSet<QueueEntry>(Arrival.Order));
            for (var i = 0; i < 4000; i++)
            {
                // More comes than goes, so that chunks are split; then the other way round, so that they are emptied.
                if (random.Next(10) < (i < 2500 ? 8 : 2)) Add(Entry(random.Next(500), i));
                else if (model.Count > 0) Remove(model.ElementAt(random.Next(Math.Min(20, model.Count))));
            }
            Assert.Equal(model, line.InOrder);
            Assert.Equal((model.Count, model.Min), (line.Count, line.First));
            if (model.Count > 0) Assert.Same(model.ElementAt(model.Count / 2), line[model.Count / 2]);
            for (var time = 0; time < 500; time += 50) Assert.Equal(model.Count(e => e.Created < time), line.CountWhile(e => e.Created < time));

            void Add(QueueEntry entry)
            {
                line.Add(entry);
                model.Add(entry);
            }

            void Remove(QueueEntry entry)
            {
                Assert.True(line.Remove(entry));
                model.Remove(entry);
            }
        },
        iter: 20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Add_FromOneEnd_KeepsTheOrder(bool isNewestFirst)
    {
        var line = new Line();
        for (var i = 0; i < 2000; i++) line.Add(Entry(isNewestFirst ? 2000 - i : i, i));
        Assert.Equal(line.InOrder.OrderBy(e => e.Created), line.InOrder);
        Assert.Equal(2000, line.Count);
    }

    [Fact]
    public void Remove_Unknown_IsFalse()
    {
        var line = new Line();
        Assert.False(line.Remove(Entry(1, 1)));
        line.Add(Entry(1, 1));
        Assert.False(line.Remove(Entry(2, 2)));
        Assert.False(line.Remove(Entry(0, 0)));
        Assert.Equal(1, line.Count);
    }

    private static QueueEntry Entry(long created, int id) => new($"{id:0000}", created, 0, [], _lane);
}
