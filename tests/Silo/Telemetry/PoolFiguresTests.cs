using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Silo.Telemetry;

namespace Ptune.Silo.Tests.Telemetry;

public sealed class PoolFiguresTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Text_MorePoolsThanAnInstrumentHasRoomFor_HasThemAllAndTheirTotal()
    {
        const int pools = 2600;
        var figures = new PoolFigures(_time);
        // Other pools before them: what was shown once takes no room from what is shown now.
        figures.Observe(Pools("earlier", pools, queued: 1));
        figures.Observe(Pools("later", pools, queued: 2));
        var values = Values(figures, "ptune_pool_jobs", "state=\"queued\"").Where(v => v.Key.Contains("later", StringComparison.Ordinal)).ToArray();
        Assert.Equal(pools, values.Length);
        Assert.Equal(2 * pools, values.Sum(v => v.Value));
    }

    [Fact]
    public void Text_PoolThatBecameIdle_IsZeroForAWhileAndThenGone()
    {
        var figures = new PoolFigures(_time);
        figures.Observe(Pools("burst", 1, queued: 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        figures.Observe(Pools("burst", 1, queued: 0));
        Assert.Equal(0, Assert.Single(Values(figures, "ptune_pool_jobs", "pool=\"burst0\"", "state=\"queued\"")).Value);
        _time.Advance(TimeSpan.FromMinutes(15));
        figures.Observe([.. Pools("burst", 1, queued: 0), new PoolView(Scheduling.DefaultPool, 0, 0, [])]);
        Assert.DoesNotContain("burst", figures.Text(), StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(Values(figures, "ptune_pool_workers", $"pool=\"{Scheduling.DefaultPool}\"")).Value);
    }

    [Fact]
    public void Text_NamesWithSigns_AreEscaped()
    {
        var figures = new PoolFigures(_time);
        figures.Observe([new PoolView("a\"b\\c\nd", 1, 0, [])]);
        Assert.Contains("""ptune_pool_jobs{pool="a\"b\\c\nd",state="queued"} 1""", figures.Text().Split('\n'));
    }

    private static PoolView[] Pools(string name, int count, int queued) =>
        [.. Enumerable.Range(0, count).Select(i => new PoolView(string.Create(CultureInfo.InvariantCulture, $"{name}{i}"), queued, 0, []))];

    private static Dictionary<string, long> Values(PoolFigures figures, string name, params string[] labels) => figures.Text().Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .ToDictionary(line => line.Split(' ')[0], line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
}
