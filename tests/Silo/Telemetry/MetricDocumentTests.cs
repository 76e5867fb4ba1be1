using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Http;
using Ptune.Contracts.Pools;
using Ptune.Fixtures;
using Ptune.Silo.Telemetry;

namespace Ptune.Silo.Tests.Telemetry;

/// <summary>docs/metrics.md names each instrument with its type, and what is drawn and alerted on exists.</summary>
public sealed partial class MetricDocumentTests
{
    [Fact]
    public void Document_NamesEachInstrumentWithItsType()
    {
        var documented = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "metrics.md"))).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Order();
        Assert.Equal(Instruments().Concat(Pools()).Order(), documented);
    }

    [Theory]
    [InlineData("k8s/monitoring/ptune.rules.yaml")]
    [InlineData("k8s/monitoring/ptune.dashboard.json")]
    public void Monitoring_UsesMetricsThatExist(string file)
    {
        var known = Instruments().Concat(Pools()).Select(m => m.Name).ToHashSet();
        var used = Name().Matches(File.ReadAllText(Repository.PathOf(file))).Select(m => m.Value).Distinct().ToArray();
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void Dashboard_IsJsonWithPanelsThatDoNotOverlap()
    {
        var panels = JsonNode.Parse(File.ReadAllText(Repository.PathOf("k8s", "monitoring", "ptune.dashboard.json")))!["panels"]!.AsArray();
        Assert.NotEmpty(panels);
        Assert.Equal(panels.Count, panels.Select(p => (int)p!["id"]!).Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(p => ((int)p!["gridPos"]!["x"]!, (int)p["gridPos"]!["y"]!)).Distinct().Count());
        Assert.All(panels, p => Assert.NotEmpty(p!["targets"]!.AsArray()));
    }

    private static List<(string Name, string Type)> Instruments()
    {
        var found = new List<(string, string)>();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            // A listener hears of every instrument of the process, also of a server that another test starts meanwhile.
            if (instrument.Meter.Name != ServerMetrics.MeterName || instrument.Meter.Scope != factory) return;
            var isCounter = instrument is Counter<long>;
            found.Add((instrument.Name.Replace('.', '_') + (isCounter ? "_total" : ""), isCounter ? "counter" : "gauge"));
        };
        listener.Start();
        _ = new ServerMetrics(factory, new ServerInfo("1", "embedded", 1, DateTimeOffset.UnixEpoch, "/dashboard", "instance"));
        return found;
    }

    private static IEnumerable<(string Name, string Type)> Pools()
    {
        var figures = new PoolFigures(TimeProvider.System);
        figures.Observe([new PoolView("default", 1, 1, [])]);
        return Type().Matches(figures.Text() + new BudgetFigures().Text()).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
    }

    [GeneratedRegex(@"^\| `(ptune_\w+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^# TYPE (\w+) (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"ptune_[a-z_]+")]
    private static partial Regex Name();
}
