using Ptune.Fixtures;
using Ptune.Fixtures.Data;

namespace Ptune.Silo.Tests.Support;

/// <summary>A server on a store that an earlier revision wrote. It has no worker: whatever is not in the store stays without a result.</summary>
public sealed class RecordedServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("recorded");
    private SiloProcess? _server;
    private RecordedStore? _store;

    public RecordedStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _store = RecordedStore.WithStudy(_folder.Location);
        _server = await SiloProcess.StartAsync(_folder.Location);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    public TenantClient As(string tenant) => new(_server!.Client(), tenant);
}
