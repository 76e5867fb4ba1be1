using Ptune.Fixtures.Servers;
using Ptune.Storage.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Ptune.Storage.Tests;

/// <summary>One emulator for all tests, which keep apart by tenants and names of their own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;

    public string ConnectionString => _server!.ConnectionString;

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
