using System.Text.Json;
using Orleans.Configuration;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Grains;
using Ptune.Silo.Audit;
using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;
using Ptune.Silo.Security;
using Ptune.Storage;

namespace Ptune.Silo.Keys;

/// <summary>
/// The first key, which no server can be asked for: a silo of its own on the same storage, for as long as it takes to make one. Beside a cluster that runs it joins nothing; the states are
/// guarded by their ETags, and a key's grain looks into the store.
/// </summary>
internal sealed class KeysRun(ServerSettings settings)
{
    /// <summary>Who made the key.</summary>
    private const string By = "offline";

    public async Task RunAsync(ApiKeyRequest request, bool json)
    {
        using var host = Build();
        await host.StartAsync();
        try
        {
            var tenant = ApiKeyRules.Tenant(request, JobIds.DefaultTenant);
            var keys = host.Services.GetRequiredService<ApiKeys>();
            var by = new AuditStamp(By, null, null, $"{Environment.UserName}@{Environment.MachineName}", Guid.NewGuid().ToString("n"));
            var created = await host.Services.GetRequiredService<AuditLog>().AroundAsync(
                by, AuditChains.System, AuditActions.KeyCreate, ApiKeyRules.Target(request), null, ApiKeyRules.Words(request, tenant), () => keys.CreateAsync(request.Role, tenant, request.Name, ApiKeyRules.Lifetime(request), By))
                ?? throw new IOException($"There are {IApiKeyIndexGrain.Most} keys, the most that there may be.");
            Console.Out.WriteLine(json ? JsonSerializer.Serialize(created, SpecJson.Indented) : created.Key);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<ApiKeys>().AddSingleton<AuditLog>();
        if (settings.IsEmbedded) builder.Services.AddEmbeddedStorage(settings.Folder);
        else builder.Services.AddAzureStorage(settings.Storage.ConnectionString!);
        builder.UseOrleans(silo =>
        {
            // The service's id is part of where states lie; the cluster's is not, and must not be that of a cluster that runs.
            silo.UseLocalhostClustering(SiloSetup.FreePort(), gatewayPort: 0, serviceId: settings.Orleans.ServiceId, clusterId: $"keys-{Guid.NewGuid():n}");
            if (settings.IsEmbedded) silo.AddEmbeddedGrainStorage();
            else silo.AddAzureGrainStorage(settings.Storage.ConnectionString!);
            silo.AddPtuneGrains();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(30));
        });
        return builder.Build();
    }
}
