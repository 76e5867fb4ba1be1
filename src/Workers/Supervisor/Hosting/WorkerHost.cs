using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Messaging;
using Ptune.Messaging;
using Ptune.Protocol.Telemetry;
using Ptune.Storage;

namespace Ptune.Supervisor.Hosting;

/// <summary>A worker as a process of its own, in a cluster.</summary>
internal static class WorkerHost
{
    // A silo that dies never answers; another one does, when it is asked again.
    private static readonly TimeSpan s_responseTimeout = TimeSpan.FromSeconds(5);

    // A silo that hangs keeps its connections: it is only noticed when the list of silos is read again.
    private static readonly TimeSpan s_gatewayRefresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_connectPause = TimeSpan.FromSeconds(1);

    /// <exception cref="SettingsException">The configuration cannot be used; all mistakes at once.</exception>
    public static IHost Build(string[] arguments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = arguments });
        builder.Configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddInMemoryCollection(Variables());
        builder.Configuration.AddInMemoryCollection(OtlpExport.Settings());
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (LogFormat.IsJson(builder.Configuration)) LogFormat.AddJson(builder.Logging);
        else LogFormat.AddLines(builder.Logging);
        BriefConsole.Install(builder.Logging);
        var settings = WorkerSettings.Read(builder.Configuration);

        builder.UseOrleansClient(client => Connect(client, settings));
        WorkerTelemetry.Add(builder.Services);
        if (settings.Store.HasAccount) builder.Services.AddAzureBlobs(settings.Store.ConnectionString!);
        else builder.Services.AddIssuedBlobs();
        builder.Services.AddPtuneMessaging(settings.Messaging, settings.Worker.Pool);
        builder.Services.AddSupervisor(settings.Worker, settings.Hub, endsHost: true);
        return builder.Build();
    }

    private static Dictionary<string, string?> Variables()
    {
        try
        {
            return SecretFiles.Read(Environment.GetEnvironmentVariables(), WorkerSettings.Prefix);
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException([e.Message]);
        }
    }

    private static void Connect(IClientBuilder client, WorkerSettings settings)
    {
        if (settings.Cluster.Gateways is { } gateways) client.Services.AddSingleton<IGatewayListProvider>(new GatewayNames(gateways, s_gatewayRefresh));
        else client.UseAzureStorageClustering(clustering => clustering.TableServiceClient = new TableServiceClient(settings.Store.ConnectionString));
        client.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.Cluster.ClusterId, settings.Cluster.ServiceId));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = s_responseTimeout);
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = s_gatewayRefresh);
        client.AddActivityPropagation();
        if (settings.Cluster is { Certificate: { } certificate, CertificateKey: { } key, Authority: { } authority }) client.UseTls(tls => OrleansTls.Configure(tls, certificate, key, authority));
        // Workers may start before their silos.
        client.UseConnectionRetryFilter(async (_, cancellation) =>
        {
            await Task.Delay(s_connectPause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !cancellation.IsCancellationRequested;
        });
    }
}
