using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Orleans.Configuration;
using Orleans.Dashboard;
using Ptune.Grains;
using Ptune.Grains.Hosting;
using Ptune.Silo.Configuration;
using Ptune.Storage;
using Ptune.Supervisor.Hosting;

namespace Ptune.Silo.Hosting;

/// <summary>The silo's place among silos, and what it keeps its grains' state in.</summary>
internal static class SiloSetup
{
    private const int DefaultSiloPort = 11111;
    private const int DefaultGatewayPort = 30000;

    // The dashboard's counters, in ms. Its default, 1 s, costs an idle server as much as a busy one.
    private const int CounterInterval = 10_000;

    // Grains whose places a silo remembers, the latest used ones. Whoever looks at the counters has the whole table walked, empty or not, and by default it has room for a million:
    // with a look a second that was 8 % of the processor time of two busy silos.
    private const int KnownPlaces = 100_000;

    public static void Configure(ISiloBuilder silo, ServerSettings settings, IConfiguration configuration)
    {
        if (settings.IsEmbedded) Embedded(silo, settings.Orleans);
        else Cluster(silo, settings);
        silo.AddActivityPropagation();
        if (settings.Orleans is { Certificate: { } certificate, CertificateKey: { } key, Authority: { } authority }) silo.UseTls(tls => OrleansTls.Configure(tls, certificate, key, authority));
        silo.AddPtuneGrains(jobs =>
        {
            // A grain is not stopped while somebody watches it: this is how long an open event stream may hold up a stop.
            jobs.WatchPatience = TimeSpan.FromSeconds(1);
            SectionReader.Fill(jobs, configuration, "Jobs", []);
        });
        // A call to a silo that died is not failed before this.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = KnownPlaces);
        // The trace shows the log to whoever opens the page, and costs memory while nobody does.
        silo.AddDashboard(dashboard => (dashboard.HideTrace, dashboard.CounterUpdateIntervalMs) = (true, CounterInterval));
    }

    private static void Embedded(ISiloBuilder silo, OrleansOptions orleans)
    {
        var siloPort = orleans.SiloPort is > 0 and var port ? port : FreePort();
        silo.UseLocalhostClustering(siloPort, orleans.GatewayPort ?? 0, serviceId: orleans.ServiceId, clusterId: orleans.ClusterId);
        silo.AddEmbeddedGrainStorage();
    }

    private static void Cluster(ISiloBuilder silo, ServerSettings settings)
    {
        var (orleans, storage) = (settings.Orleans, settings.Storage);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (orleans.ClusterId, orleans.ServiceId));
        // Listens on the advertised address alone: nothing is open that was not named.
        silo.ConfigureEndpoints(IPAddress.Parse(orleans.AdvertisedAddress), orleans.SiloPort ?? DefaultSiloPort, orleans.GatewayPort ?? DefaultGatewayPort);
        silo.UseAzureStorageClustering(clustering => clustering.TableServiceClient = new TableServiceClient(storage.ConnectionString));
        silo.AddAzureGrainStorage(storage.ConnectionString!);
        // A silo killed with -9 is out after about 3 s instead of 11 s; a wrong verdict costs a restart of that silo, and epochs guard its grains.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 2;
            membership.NumVotesForDeathDeclaration = 1;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        });
    }

    /// <summary>A port that was free a moment ago: the silo's own listener cannot take "any", since its address is its name.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
