using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Azure;
using Ptune.Storage.Collecting;
using Ptune.Storage.Embedded;
using Ptune.Storage.Uploads;

namespace Ptune.Storage;

/// <summary>Registers the stores: a server's whole storage, or a worker's share of it.</summary>
public static class StorageServices
{
    /// <summary>
    /// A server's storage in a folder: <see cref="EmbeddedStore"/>, <see cref="ICatalog"/>, <see cref="IBlobStore"/> and the stores on top.
    /// It is opened before any other hosted service starts; a start throws <see cref="StoreInUseException"/> when another server has it.
    /// </summary>
    public static IServiceCollection AddEmbeddedStorage(this IServiceCollection services, string folder)
    {
        services.AddSingleton(_ => new EmbeddedStore(folder));
        services.AddHostedService<EmbeddedStoreOpening>();
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Catalog);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Audit);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Blobs);
        return services.AddStoresOnCatalog().AddStoresOnBlobs();
    }

    /// <summary>A worker's share of an embedded storage: <see cref="IBlobStore"/> and the stores on top. It takes no lock and knows no catalog.</summary>
    public static IServiceCollection AddEmbeddedBlobs(this IServiceCollection services, string folder)
    {
        services.AddSingleton<IBlobStore>(_ => new FolderBlobStore(StoreFolder.Blobs(folder)));
        return services.AddStoresOnBlobs();
    }

    /// <summary>A server's storage in an Azure Storage account: <see cref="ICatalog"/>, <see cref="IBlobStore"/> and the stores on top.</summary>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton<ICatalog>(_ => new TableCatalog(new CatalogTable(connectionString)));
        services.AddSingleton<IAuditStore>(_ => new TableAuditStore(connectionString));
        services.AddSingleton<IBlobAccessIssuer>(provider => new BlobAccessIssuer(connectionString, provider.GetRequiredService<TimeProvider>()));
        services.AddStoresOnCatalog();
        return services.AddAzureBlobs(connectionString);
    }

    /// <summary>A worker's share of an Azure Storage account: <see cref="IBlobStore"/> and the stores on top.</summary>
    public static IServiceCollection AddAzureBlobs(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton<IBlobStore>(_ => new AzureBlobStore(connectionString));
        return services.AddStoresOnBlobs();
    }

    /// <summary>A worker's share of an Azure Storage account that it has no key of: silos issue access to it (<see cref="IBlobAccessIssuer"/>). The host has an <c>IGrainFactory</c>.</summary>
    public static IServiceCollection AddIssuedBlobs(this IServiceCollection services)
    {
        services.AddSingleton<IBlobStore, IssuedBlobStore>();
        return services.AddStoresOnBlobs();
    }

    private static IServiceCollection AddStoresOnCatalog(this IServiceCollection services)
    {
        services.TryAddSingleton(new UploadLimits());
        services.AddSingleton<UploadStore>();
        services.AddSingleton<StoreCollector>();
        services.AddSingleton<StoreUsage>();
        return services;
    }

    private static IServiceCollection AddStoresOnBlobs(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ArtifactStore>();
        services.AddSingleton<CheckpointStore>();
        services.AddSingleton<LogStore>();
        return services;
    }
}
