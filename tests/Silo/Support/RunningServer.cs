using System.Globalization;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

[assembly: AssemblyFixture(typeof(RunningServer))]

namespace Ptune.Silo.Tests.Support;

/// <summary>One embedded server without a worker, which the API's tests share; each test uses a tenant of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    /// <summary>The one tenant with a quota: two queued jobs in a pool.</summary>
    public const string LimitedTenant = "limited";

    private readonly TemporaryFolder _folder = new("silo");
    private SiloProcess? _server;

    public SiloProcess Server => _server!;

    public string Store => _folder.PathOf("store");

    public int GatewayPort { get; } = FreePorts.Next();

    public async ValueTask InitializeAsync() => _server = await SiloProcess.StartAsync(_folder.Location, new()
    {
        ["PTUNE_Orleans__GatewayPort"] = GatewayPort.ToString(CultureInfo.InvariantCulture),
        [$"PTUNE_Jobs__Tenants__{LimitedTenant}__MaxQueued"] = "2",
        ["PTUNE_Jobs__WatchPatience"] = "0:00:00.2",
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A client that speaks for a tenant that nobody else uses.</summary>
    public TenantClient NewTenant() => As($"t{Guid.NewGuid():n}");

    public TenantClient As(string tenant) => new(Server.Client(), tenant);
}
