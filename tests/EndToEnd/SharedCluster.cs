using Ptune.Fixtures;
using Ptune.Fixtures.Processes;
using Ptune.Fixtures.Servers;

namespace Ptune.EndToEnd.Tests;

/// <summary>A broker, a store and two silos for the tests of a class: their start costs more than what the tests do with them. A test starts its own workers, and ends them. All export their spans.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Cluster? _cluster;
    private OtlpReceiver? _receiver;

    public Cluster Cluster => _cluster!;

    public OtlpReceiver Receiver => _receiver!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await OtlpReceiver.StartAsync();
        Dictionary<string, string> variables = new(_receiver.Variables) { ["OTEL_METRICS_EXPORTER"] = "none", ["OTEL_LOGS_EXPORTER"] = "none" };
        _cluster = await Cluster.StartAsync(_folder.Location, workers: 0, variables: variables);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (_receiver is not null) await _receiver.DisposeAsync();
        _folder.Dispose();
    }
}
