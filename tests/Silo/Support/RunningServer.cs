using System.Net;
using System.Net.Sockets;
using Ptune.Silo.Tests.Support;

[assembly: AssemblyFixture(typeof(RunningServer))]

namespace Ptune.Silo.Tests.Support;

/// <summary>One embedded server without a worker, which the API's tests share; each test uses a tenant of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    public ServerProcess Server => _server!;

    public string Store => Path.Combine(_folder.Path, "store");

    public int GatewayPort { get; } = FreePort();

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.Path, new()
    {
        ["PTUNE_Orleans__GatewayPort"] = GatewayPort.ToString(null as IFormatProvider),
        ["PTUNE_Jobs__WatchPatience"] = "0:00:00.2",
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A client that speaks for a tenant that nobody else uses.</summary>
    public TenantClient NewTenant() => new(Server.Client());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
