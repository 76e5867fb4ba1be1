using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>A broker, a store and two silos for the tests of a class: their start costs more than what the tests do with them. A test starts its own workers, and ends them.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Cluster? _cluster;

    public Cluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await Cluster.StartAsync(_folder.Location, workers: 0);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _folder.Dispose();
    }
}
