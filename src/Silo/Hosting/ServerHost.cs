using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Messaging;
using Ptune.Protocol.Telemetry;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Audit;
using Ptune.Silo.Configuration;
using Ptune.Silo.ConsolePages;
using Ptune.Silo.Health;
using Ptune.Silo.Http;
using Ptune.Silo.Orders;
using Ptune.Silo.Planning;
using Ptune.Silo.Pools;
using Ptune.Silo.Security;
using Ptune.Silo.Stores;
using Ptune.Silo.Telemetry;
using Ptune.Storage;
using Ptune.Storage.Uploads;
using Ptune.Supervisor;

namespace Ptune.Silo.Hosting;

/// <summary>
/// Puts the server together. Hosted services start in the order of their registration and stop in the opposite one: store, silo, bus, worker,
/// HTTP. So a stop takes no more requests, lets the worker checkpoint and give its leases back to a silo that still answers, then stops the silo.
/// </summary>
internal static class ServerHost
{
    private const long DrainedBytes = 64 * 1024 * 1024;

    /// <summary>How long a body may take to get going.</summary>
    private static readonly TimeSpan s_rateGrace = TimeSpan.FromSeconds(5);

    public static WebApplication Build(ServerSettings settings, IConfiguration configuration)
    {
        // Empty: the usual builder would also read variables without our prefix, such as ASPNETCORE_URLS, past our checks.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Ptune.Silo" });
        builder.Configuration.AddConfiguration(configuration).AddInMemoryCollection(OtlpExport.Settings());
        builder.Logging.AddServerConsole(configuration);
        AddStorage(builder.Services, settings);
        builder.UseOrleans(silo => SiloSetup.Configure(silo, settings, configuration));
        AddWork(builder.Services, settings);
        AddHttp(builder, settings);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<RefusalMiddleware>();
        app.UseMiddleware<BrowserGuard>();
        app.UseAuthentication();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<RequestScope>();
        app.UseAuthorization();
        app.UseMiddleware<BodyLimit>();
        app.MapApi();
        app.MapServerHealth();
        app.MapServerMetrics();
        app.MapServerDashboard();
        app.MapConsole();
        return app;
    }

    private static void AddStorage(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new UploadLimits(settings.Storage.MaxUploadBytes, settings.Storage.UploadQuotaBytes) { OwnOnly = settings.Http.RequiresAccess });
        if (settings.IsEmbedded) services.AddEmbeddedStorage(settings.Folder);
        else services.AddAzureStorage(settings.Storage.ConnectionString!);
    }

    private static void AddWork(IServiceCollection services, ServerSettings settings)
    {
        var hasWorker = settings.HasWorker;
        services.AddPtuneMessaging(settings.Messaging, hasWorker ? [settings.Worker.Pool] : []);
        if (!hasWorker) return;
        services.AddSupervisor(settings.Worker with { Cache = settings.WorkerCache }, settings.Hub);
    }

    private static void AddHttp(WebApplicationBuilder builder, ServerSettings settings)
    {
        var services = builder.Services;
        builder.WebHost.UseKestrelCore().UseUrls(HttpOptionsValidator.Addresses(settings.Http.Urls)).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // What a body may have is said by us. Up to here Kestrel reads the rest of a larger one and drops it; beyond, it closes the connection, and a
            // client that is still sending gets a broken pipe instead of the answer.
            kestrel.Limits.MaxRequestBodySize = DrainedBytes;
            kestrel.Limits.RequestHeadersTimeout = settings.Http.HeaderTimeout;
            kestrel.Limits.KeepAliveTimeout = settings.Http.IdleTimeout;
            kestrel.Limits.MaxConcurrentConnections = settings.Http.MaxConnections;
            kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate = new MinDataRate(settings.Http.MinBytesPerSecond, s_rateGrace);
            if (settings.Http is { Certificate: { } certificate, CertificateKey: { } key }) kestrel.ConfigureHttpsDefaults(HttpsCertificate.Of(certificate, key));
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        services.AddSingleton(settings).AddSingleton(settings.Http).AddSingleton(settings.Storage).AddSingleton(settings.Data);
        services.AddSingleton(new ServerInfo(
            BuildInfo.Version, settings.Mode.ToString().ToLowerInvariant(), Environment.ProcessId, DateTimeOffset.UtcNow, Dashboard.Path, Guid.NewGuid().ToString("N")));
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json =>
        {
            SpecJson.Apply(json.SerializerOptions);
            // A misspelt setting that is passed over would be set to its default.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.AddConsole();
        services.AddProblemResponses();
        services.AddServerSecurity(settings.Http, settings.Access);
        services.AddApiDocument(settings.Http.RequiresAccess);
        services.AddServerHealth();
        services.AddServerTelemetry();
        services.AddHostedService<TenantSync>();
        services.AddServerAudit(settings.Audit);
        services.AddSingleton<JobIdLookup>().AddSingleton<JobWatch>().AddSingleton<GraphWatch>().AddSingleton<JobLogs>().AddSingleton<SubmitKeys>().AddSingleton<Submits>().AddSingleton<JobCosts>().AddSingleton<PlanReports>().AddSingleton<BudgetCheck>().AddSingleton<IMemoryEstimates, StoredEstimates>();
        services.AddSingleton<Manifests>().AddSingleton<ModelViews>().AddSingleton<ArtifactLookup>().AddSingleton<KnownPools>().AddSingleton<WorkerOrdering>().AddSingleton<LetterReplay>();
        services.AddSingleton<UnfinishedWork>().AddSingleton<ArtifactShares>().AddSingleton<ArtifactUses>().AddSingleton<ArtifactRemoval>().AddSingleton<StoreCleaning>().AddSingleton<StoreMeasuring>();
        services.AddSingleton<InputResolver>().AddSingleton<UploadCheck>().AddSingleton<RootsCheck>().AddSingleton<ModelOrigins>().AddSingleton<TenantCheck>().AddSingleton<StudyFitCheck>().AddSingleton<QueueQuota>().AddSingleton<SpecAdmission>();
        if (settings.IsEmbedded) services.AddSingleton<DatasetCheck>().AddSingleton<ImageSizes>().AddSingleton<SharedTexts>();
    }
}
