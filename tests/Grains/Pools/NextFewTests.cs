using Ptune.Grains.Pools;

namespace Ptune.Grains.Tests.Pools;

public sealed class NextFewTests
{
    [Fact]
    public void Take_RoundAfterRound_ComesToAllInTurn()
    {
        string[] all = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
        var seen = new List<string>();
        var last = "";
        for (var round = 0; round < 4; round++)
        {
            var few = new NextFew<string>(3, last, item => item);
            foreach (var item in all.OrderDescending()) few.Offer(item);
            var next = few.Take();
            Assert.Equal(3, next.Length);
            seen.AddRange(next);
            last = next[^1];
        }
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1"], seen);
    }

    [Fact]
    public void Take_FewerThanAsked_AreAll()
    {
        var few = new NextFew<string>(5, "b", item => item);
        foreach (var item in new[] { "c", "a", "b" }) few.Offer(item);
        Assert.Equal(["c", "a", "b"], few.Take());
    }
}
